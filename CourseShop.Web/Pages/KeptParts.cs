using System.Collections.Concurrent;

namespace CourseShop.Pages;

/// <summary>What was made of one look at the shop window for everybody, so many of a kind at most; it goes with that look.</summary>
public sealed class KeptParts<TName, TPart>
    where TName : notnull
    where TPart : class
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<TName, TPart> _kept = new();

    public TPart? Find(TName name) => _kept.GetValueOrDefault(name);

    public void Keep(TName name, TPart part)
    {
        if (_kept.Count < Most)
            _kept[name] = part;
    }
}

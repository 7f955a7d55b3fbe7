using System.Collections.Concurrent;

namespace CourseShop.Pages.Courses;

/// <summary>
/// What is searched for often, and found: counted in this process since it started, for the page that found nothing. A word counts for others only when it
/// came several times, so that nobody reads what one person typed.
/// </summary>
public sealed class SearchedWords
{
    private const int MostKept = 2_000;
    private const int MostShown = 8;
    private const int LongestWord = 20;
    private const int LeastTimes = 3;

    private readonly ConcurrentDictionary<string, int> _times = new(StringComparer.OrdinalIgnoreCase);

    public void Count(string text)
    {
        if (text.Length > LongestWord)
            return;
        if (_times.Count >= MostKept)
            Forget();
        _times.AddOrUpdate(text, 1, (_, times) => times + 1);
    }

    public IReadOnlyList<string> Often() => [.. _times.Where(word => word.Value >= LeastTimes).OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(MostShown).Select(word => word.Key)];

    /// <summary>Half of every count goes, and with it the words that came once.</summary>
    private void Forget()
    {
        foreach (var (word, times) in _times)
        {
            if (times < 2)
                _times.TryRemove(word, out _);
            else
                _times[word] = times / 2;
        }
    }
}

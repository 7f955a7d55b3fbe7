using System.Globalization;

namespace CourseShop.Tests.Simulation;

/// <summary>What happened, line by line, with names instead of random numbers: the same seed tells the same story.</summary>
internal sealed class Story
{
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Lines => _lines;

    public void Tell(string line) => _lines.Add(line);

    /// <summary>The first order that is spoken of is #1; its second attempt is #1_2.</summary>
    public string Name(string number)
    {
        var parts = number.Split('_');
        if (!_names.TryGetValue(parts[0], out var name))
            _names[parts[0]] = name = string.Create(CultureInfo.InvariantCulture, $"#{_names.Count + 1}");
        return string.Join('_', parts.Skip(1).Prepend(name));
    }

    /// <summary>The last lines, and every word in them that is a number of an order by its name.</summary>
    public string End(int lines) => string.Join('\n', _lines.TakeLast(lines));

    public string Named(string text) => _names.Aggregate(text, (said, name) => said.Replace(name.Key, name.Value, StringComparison.Ordinal));
}

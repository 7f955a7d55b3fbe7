using System.Globalization;
using System.Text;

namespace CourseShop.Catalog;

/// <summary>One word of a search as the index knows it: tokens that follow each other.</summary>
/// <param name="Tokens">At least one.</param>
/// <param name="IsBeginning">The last token may go on: a Latin word, or a single Chinese character.</param>
public sealed record SearchTerm(IReadOnlyList<string> Tokens, bool IsBeginning);

/// <summary>
/// Chinese has no spaces, so a database's word index can't see its words. Here a run of Chinese becomes pairs of characters (数据库 → 数据 据库 库), with the
/// last character on its own so that each begins a token; Latin words and numbers stay words. Text and question are cut in the same way.
/// </summary>
public static class SearchText
{
    private const int MostTerms = 6;

    /// <summary>Tokens with spaces between them.</summary>
    public static string Index(string text)
    {
        var tokens = new StringBuilder(text.Length * 3);
        foreach (var run in Runs(text))
        {
            foreach (var token in IsChinese(run[0]) ? Pairs(run, withLast: true) : [run])
                tokens.Append(token).Append(' ');
        }

        return tokens.ToString().TrimEnd();
    }

    /// <summary>What is searched for, at most six words; none where nothing in it can be searched for.</summary>
    public static IReadOnlyList<SearchTerm> Read(string typed) => [.. Runs(typed).Take(MostTerms).Select(run =>
        !IsChinese(run[0]) ? new SearchTerm([run], true)
        : run.Length == 1 ? new SearchTerm([run], true)
        : new SearchTerm([.. Pairs(run, withLast: false)], false))];

    /// <summary>The words of a search as they stand in a title, for marking them there.</summary>
    public static IReadOnlyList<string> Words(string typed) => [.. typed.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(MostTerms)];

    private static IEnumerable<string> Pairs(string run, bool withLast)
    {
        for (var at = 0; at + 1 < run.Length; at++)
            yield return run.Substring(at, 2);
        if (withLast)
            yield return run[^1..];
    }

    /// <summary>Stretches of one kind: Chinese, or letters and digits (with the # and + of C# and C++, spelled out). Anything else only separates.</summary>
    private static IEnumerable<string> Runs(string text)
    {
        var run = new StringBuilder();
        foreach (var letter in Normal(text))
        {
            if (run.Length > 0 && (Kind(letter) is not { } kind || kind != IsChinese(run[0])))
            {
                if (letter is '#' or '+' && !IsChinese(run[0]))
                {
                    run.Append(letter == '#' ? "sharp" : "plus");
                    continue;
                }

                yield return run.ToString();
                run.Clear();
            }

            if (Kind(letter) is not null)
                run.Append(letter);
        }

        if (run.Length > 0)
            yield return run.ToString();
    }

    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException) // half a character
        {
            return "";
        }
    }

    /// <summary>Whether it is Chinese; null where it only separates.</summary>
    private static bool? Kind(char letter) => IsChinese(letter) ? true : char.IsLetterOrDigit(letter) ? false : null;

    private static bool IsChinese(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.OtherLetter && letter >= '\u2E80';
}

using System.Globalization;

namespace CourseShop.Bench;

/// <summary>One row of the table, in words.</summary>
/// <param name="What">What was measured, at how many connections.</param>
/// <param name="Limit">The median of the limit.</param>
/// <param name="Shop">The median of the shop.</param>
/// <param name="Ratio">The median of the pairs.</param>
/// <param name="Goal">What is to be reached.</param>
/// <param name="IsReached">Null where there is no goal.</param>
/// <param name="Others">What other processes used of all cores, in percent, while it was measured.</param>
internal sealed record ReportRow(string What, string Limit, string Shop, string Ratio, string Goal, bool? IsReached, double Others)
{
    public static string Rate(double perSecond) => perSecond.ToString("#,0", CultureInfo.InvariantCulture) + "/s";

    public static string Percent(double ratio) => (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    public static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    public override string ToString() =>
        $"| {What} | {Limit} | {Shop} | {Ratio} | {Goal} | {(IsReached switch { true => "✓", false => "✗", _ => "" })} | {Others.ToString("0", CultureInfo.InvariantCulture)} % |";
}

internal static class Report
{
    public const string Head = """
        | what | limit | shop | shop/limit | goal | | others' CPU |
        |---|---|---|---|---|---|---|
        """;

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}

using System.Globalization;
using static CourseShop.Bench.ReportRow;

namespace CourseShop.Bench;

/// <summary>What writes: beside a writer that does nothing but write the same rows, through EF and by prepared SQL.</summary>
internal static class FormRows
{
    private const double LongestMs = 60;

    public static IEnumerable<ReportRow> Cart(Comparison bench)
    {
        using var visitors = new Visitors(bench.Folder);
        var file = Forms.CartAdds(visitors, bench.Folder, 48, bench.Forms * 8);
        bench.Send(bench.Shop, "/courses/1", file, 32, "302", 500);
        bench.Others();
        var loads = Enumerable.Range(0, bench.Pairs).Select(_ => bench.Send(bench.Shop, "/courses/1", file, 32, "302")).ToList();
        yield return new("cart add of new guests, 32", "", Rate(Report.Median(loads.Select(load => load.PerSecond))), "", "", null, bench.Others());
    }

    public static IEnumerable<ReportRow> Checkout(Comparison bench)
    {
        using var visitors = new Visitors(bench.Folder);
        var file = Forms.Checkouts(visitors, bench.Folder, bench.Forms * (bench.Pairs + 8));
        yield return Row(bench, "checkout submit → order", "/checkout", "/order", file, 32, "302", 0.5, false);
    }

    public static IEnumerable<ReportRow> Notify(Comparison bench)
    {
        var file = Forms.Notifications(bench.Workshop, bench.Seeded);
        foreach (var connections in new[] { 32, 64 })
            yield return Row(bench, "notification, settled", "/payments/alipay/notify", "/notify", file, connections, "success", 0.6, connections == 64);
    }

    private static ReportRow Row(Comparison bench, string what, string path, string limitPath, string file, int connections, string wanted, double least, bool watchesSlowest)
    {
        var sql = bench.Writer("sql");
        var limitFile = file + limitPath.Replace('/', '-');
        File.WriteAllLines(limitFile, File.ReadLines(file).Select(line => limitPath + line[line.IndexOf('\t')..]));
        bench.Send(sql, limitPath, limitFile, connections, wanted, 500);
        var fastest = bench.Send(sql, limitPath, limitFile, connections, wanted).PerSecond;
        var slowest = (Limit: new List<double>(), Shop: new List<double>());
        double Measured(Load load, List<double> p99s)
        {
            p99s.Add(load.P99);
            return load.PerSecond;
        }

        var rates = bench.Compare(
            () => Measured(bench.Send(bench.Writer("ef"), limitPath, limitFile, connections, wanted), slowest.Limit),
            () => Measured(bench.Send(bench.Shop, path, file, connections, wanted), slowest.Shop));
        var (limitP99, p99) = (Report.Median(slowest.Limit.Skip(1)), Report.Median(slowest.Shop.Skip(1)));
        return new(string.Create(CultureInfo.InvariantCulture, $"{what}, {connections} (p99 {Ms(p99)})"),
            $"EF {Rate(rates.Limit)} (p99 {Ms(limitP99)}), SQL {Rate(fastest)}", Rate(rates.Shop), $"{Percent(rates.Ratio)} of EF, {Percent(rates.Shop / fastest)} of SQL",
            $"≥ {Percent(least)} of EF{(watchesSlowest ? $", p99 ≤ {Ms(LongestMs)}" : "")}", rates.Ratio >= least && (!watchesSlowest || p99 <= LongestMs), rates.Others);
    }
}

using System.Diagnostics;
using System.Globalization;
using static CourseShop.Bench.ReportRow;

namespace CourseShop.Bench;

/// <summary>Orders past their deadline that nobody has touched: ended by the shop's sweep, and by the best SQL there is.</summary>
internal static class SweepRow
{
    private const double MostTimes = 1.5;
    private const double LongestLockMs = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private const string Due = """
        CREATE TEMP TABLE due AS SELECT o.Id, o.Number, o.UserId, o.Credits FROM Orders o
          WHERE o.Status = 0 AND o.PayBy < @now AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.Purpose = 0 AND p.PurposeNumber = o.Number AND p.Status = 1);
        INSERT INTO CreditEntries (UserId, Amount, Kind, ReasonKey, OrderNumber, At) SELECT UserId, Credits, 3, 'order:' || Number || ':release', Number, @now FROM due WHERE Credits > 0;
        INSERT INTO OrderEvents (OrderId, Kind, At) SELECT Id, 4, @now FROM due;
        UPDATE IssuedCoupons SET Status = 0, OrderNumber = NULL WHERE Status = 1 AND OrderNumber IN (SELECT Number FROM due);
        UPDATE Payments SET Status = 3, ClosedAt = @now WHERE Purpose = 0 AND Status = 0 AND PurposeNumber IN (SELECT Number FROM due);
        UPDATE Orders SET Status = 3, ClosedAt = @now WHERE Id IN (SELECT Id FROM due);
        """;

    public static IEnumerable<ReportRow> Measure(Comparison bench)
    {
        bench.Others();
        var limit = Report.Median(Enumerable.Range(0, 3).Select(_ => BestSql(bench)));
        var file = Forms.Notifications(bench.Workshop, bench.Seeded);
        var sweeps = Enumerable.Range(0, 3).Select(_ => Sweep(bench, file)).ToList();
        var took = Report.Median(sweeps.Select(sweep => sweep.Took));
        var held = Report.Median(sweeps.Select(sweep => sweep.Held));
        var slowest = Report.Median(sweeps.Select(sweep => sweep.P99));
        yield return new($"sweep of {sweeps[0].Ended:N0} overdue orders, beside notifications", Ms(limit), Ms(took), Percent(took / limit), $"≤ {Percent(MostTimes)}", took / limit <= MostTimes, bench.Others());
        yield return new("longest write lock of the sweep", "", Ms(held), "", $"≤ {Ms(LongestLockMs)}", held <= LongestLockMs, 0);
        yield return new("notifications meanwhile, 8 (p99)", "", Ms(slowest), "", $"≤ {Ms(60)}", slowest <= 60, 0);
    }

    private static double BestSql(Comparison bench)
    {
        var folder = bench.Workshop.Copy(bench.Seeded, "sweep-sql");
        using var books = Books.Open(Path.Combine(folder, "shop.db"));
        Books.Number(books, "SELECT COUNT(*) FROM Orders WHERE Status = 0");
        var since = Stopwatch.GetTimestamp();
        using var transaction = books.BeginTransaction(deferred: false);
        Books.Run(books, Due.Replace("@now", Now(), StringComparison.Ordinal));
        transaction.Commit();
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    /// <summary>The shop sweeps once alone, then once more while notifications arrive and somebody else asks for the write lock all the time.</summary>
    private static (long Ended, double Took, double Held, double P99) Sweep(Comparison bench, string notifications)
    {
        using var shop = bench.Kept(bench.StartShop("sweep", new Dictionary<string, string>(StringComparer.Ordinal) { ["Ordering:SweepEvery"] = "00:00:08" }));
        using var books = Books.Open(Path.Combine(bench.Workshop.Folder, "copies", "sweep", "shop.db"));
        Books.Run(books, $"UPDATE Orders SET PayBy = {Now()} - 1 WHERE Status = 0 AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.Purpose = 0 AND p.PurposeNumber = Orders.Number AND p.Status = 1)");
        const string waiting = "SELECT COUNT(*) FROM Orders WHERE Status = 0 AND PayBy < ";
        var due = Books.Number(books, waiting + Now());
        Await(() => Books.Number(books, waiting + Now()) < due, "no sweep has begun");
        var since = Stopwatch.GetTimestamp();
        var answers = Task.Run(() => bench.Send(shop, "/payments/alipay/notify", notifications, 8, "success", 500));
        var held = 0.0;
        Await(() =>
        {
            var asked = Stopwatch.GetTimestamp();
            using (books.BeginTransaction(deferred: false))
                held = Math.Max(held, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            return Books.Number(books, waiting + Now()) == 0;
        }, "the sweep leaves orders behind");

        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        return (due, took, held, answers.GetAwaiter().GetResult().P99);
    }

    private static void Await(Func<bool> isDone, string otherwise)
    {
        var since = Stopwatch.GetTimestamp();
        while (!isDone())
        {
            if (Stopwatch.GetElapsedTime(since) > LongestWait)
                throw new TimeoutException($"After {LongestWait.TotalSeconds:0} s {otherwise}.");
            Thread.Sleep(1); // another process works: there is nothing to wait on but its rows
        }
    }

    private static string Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using static CourseShop.Bench.ReportRow;

namespace CourseShop.Bench;

/// <summary>Orders past their deadline that nobody has touched: ended by the shop's sweep, and by the best SQL there is.</summary>
internal static class SweepRow
{
    private const double MostTimes = 1.5;
    private const double LongestLockMs = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private const string Untouched = "Status = 0 AND NOT EXISTS (SELECT 1 FROM Payments p WHERE p.Purpose = 0 AND p.PurposeNumber = Orders.Number AND p.Status = 1)";

    /// <summary>Those that a shop sweeps before it is measured, so that it is one that has been open for a while.</summary>
    private const string WarmUp = "Id % 4 = 0";

    private const string Due = $"""
        CREATE TEMP TABLE due AS SELECT Id, Number, UserId, Credits FROM Orders WHERE {Untouched} AND PayBy < @now AND NOT ({WarmUp});
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
        var sweeps = Enumerable.Range(0, 3).Select(_ => Sweep(bench, _ => { }, _ => 0)).ToList();
        var took = Report.Median(sweeps.Select(sweep => sweep.Took));
        var held = Report.Median(sweeps.Select(sweep => sweep.Held));
        yield return new($"sweep of {sweeps[0].Ended:N0} overdue orders", Ms(limit), Ms(took), Percent(took / limit), $"≤ {Percent(MostTimes)}", took / limit <= MostTimes, bench.Others());
        yield return new("longest write lock of the sweep", "", Ms(held), "", $"≤ {Ms(LongestLockMs)}", held <= LongestLockMs, 0);

        var file = Forms.Notifications(bench.Workshop, bench.Seeded);
        Load Notify(Server shop) => bench.Send(shop, "/payments/alipay/notify", file, 8, "success");
        var slowest = Report.Median(Enumerable.Range(0, 3).Select(_ => Sweep(bench, shop => Notify(shop), shop => Notify(shop).P99).Beside));
        yield return new("notifications during a sweep, 8 (p99)", "", Ms(slowest), "", $"≤ {Ms(60)}", slowest <= 60, bench.Others());
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

    /// <summary>A shop that has swept before; from its first slice to its last, and what somebody else measures meanwhile.</summary>
    private static (long Ended, double Took, double Held, double Beside) Sweep(Comparison bench, Action<Server> before, Func<Server, double> beside)
    {
        using var shop = bench.Kept(bench.StartShop("sweep", new Dictionary<string, string>(StringComparer.Ordinal) { ["Ordering:SweepEvery"] = "00:00:04" }));
        using var books = Books.Open(Path.Combine(bench.Workshop.Folder, "copies", "sweep", "shop.db"));
        Overdue(books, WarmUp);
        Await(() => !IsAnyDue(books), () => { }, "the sweep leaves orders behind");
        before(shop);
        Comparison.CalmDown(shop);

        var due = Overdue(books, "TRUE");
        var writing = new WriteLock(books);
        var first = Books.Number(books, "SELECT MIN(Id) FROM Orders WHERE Status = 0 AND PayBy < " + Now());
        Await(() => Books.Number(books, "SELECT Status FROM Orders WHERE Id = " + first.ToString(CultureInfo.InvariantCulture)) != 0, writing.Look, "no sweep has begun");
        writing.Look();
        var since = writing.WrittenAt;
        var other = Task.Run(() => beside(shop));
        Await(() => !IsAnyDue(books), () => LookOften(writing), "the sweep leaves orders behind");
        return (due, Stopwatch.GetElapsedTime(since, writing.WrittenAt).TotalMilliseconds, writing.Longest, other.GetAwaiter().GetResult());
    }

    private static long Overdue(SqliteConnection books, string which)
    {
        var count = Books.Run(books, $"UPDATE Orders SET PayBy = {Now()} - 1 WHERE {which} AND {Untouched}");
        Books.Run(books, "PRAGMA wal_checkpoint(TRUNCATE)");
        return count;
    }

    private static bool IsAnyDue(SqliteConnection books) => Books.Number(books, "SELECT EXISTS (SELECT 1 FROM Orders WHERE Status = 0 AND PayBy < " + Now() + ")") == 1;

    private static void LookOften(WriteLock writing)
    {
        for (var looks = 0; looks < 50; looks++, Thread.Sleep(1)) // as often as the kernel can be asked without taking the CPU from whom is looked at
            writing.Look();
    }

    private static void Await(Func<bool> isDone, Action meanwhile, string otherwise)
    {
        var since = Stopwatch.GetTimestamp();
        while (!isDone())
        {
            if (Stopwatch.GetElapsedTime(since) > LongestWait)
                throw new TimeoutException($"After {LongestWait.TotalSeconds:0} s {otherwise}.");
            meanwhile();
            Thread.Sleep(1); // another process works: there is nothing to wait on but its rows
        }
    }

    private static string Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}

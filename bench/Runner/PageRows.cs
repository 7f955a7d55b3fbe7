using System.Globalization;
using Microsoft.Data.Sqlite;
using static CourseShop.Bench.ReportRow;

namespace CourseShop.Bench;

/// <summary>Pages, each beside the same number of bytes from memory.</summary>
internal static class PageRows
{
    private const string Gzip = "Accept-Encoding: gzip";

    public static IEnumerable<ReportRow> List(Comparison bench)
    {
        foreach (var connections in new[] { 16, 64 })
        {
            yield return Row(bench, $"list from the cache, gzip, {connections}", "/courses", connections, 1.0, Gzip);
            yield return Row(bench, $"list from the cache, not compressed, {connections}", "/courses", connections, 0.75);
        }
    }

    /// <summary>A guest with a cart: the output cache is for guests without.</summary>
    public static IEnumerable<ReportRow> Uncached(Comparison bench)
    {
        foreach (var connections in new[] { 16, 64 })
            yield return Row(bench, $"list for a guest with a cart: no output cache, {connections}", "/courses", connections, 0.20, $"Cookie: __Host-cart={new string('a', 32)}");
    }

    public static IEnumerable<ReportRow> SignedIn(Comparison bench)
    {
        var cookie = Cookie(bench, "shopper");
        foreach (var connections in new[] { 16, 64 })
            yield return Row(bench, $"list signed in, {connections}", "/courses", connections, 0.12, cookie);
    }

    public static IEnumerable<ReportRow> Course(Comparison bench)
    {
        yield return Row(bench, "course page, guest, 16", "/courses/1", 16, null);
        yield return Row(bench, "course page, signed in, 16", "/courses/1", 16, null, Cookie(bench, "shopper"));
    }

    public static IEnumerable<ReportRow> Search(Comparison bench)
    {
        yield return Row(bench, "search for 数据, 48 courses, 16", Asking("数据"), 16, null);

        const int courses = 100_000;
        const double longest = 10;
        using var big = bench.Kept(bench.StartShop("catalogue", prepare: books => Stock(books, courses)));
        using (var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(4) })
            client.GetByteArrayAsync(big.At(Asking("数据"))).GetAwaiter().GetResult(); // the first search waits for the index
        string[] asked = ["数据", "数据库", "python", "学", "第77777讲", "数据 分析"];
        foreach (var text in asked)
            Load.OnPage(big.At(Asking(text)), 1, 4); // as in a shop that has been open for a while
        bench.Others();
        var slowest = asked.Select(text => (Text: text, Load.OnPage(big.At(Asking(text)), 1, bench.Seconds).P99)).MaxBy(search => search.P99);
        yield return new($"search in {courses:N0} courses, the slowest of {asked.Length} ({slowest.Text}): page, p99, 1", "", Ms(slowest.P99), "", $"≤ {Ms(longest)}", slowest.P99 <= longest, bench.Others());
    }

    /// <summary>Page 1 and page 1000 of somebody who has that many.</summary>
    public static IEnumerable<ReportRow> Orders(Comparison bench)
    {
        var cookie = Cookie(bench, "shopper");
        using var books = Books.Open(Path.Combine(bench.Folder, "shop.db"));
        var own = Books.Rows(books, "SELECT Id FROM Orders WHERE UserId = (SELECT Id FROM AspNetUsers WHERE UserName = 'shopper') ORDER BY Id DESC LIMIT 1 OFFSET 9990");
        yield return Deep(bench, "my orders", "/orders", own.Count > 0 ? $"/orders?after={own[0][0]}" : null, cookie);
    }

    public static IEnumerable<ReportRow> Office(Comparison bench)
    {
        var cookie = Cookie(bench, "admin");
        using var books = Books.Open(Path.Combine(bench.Folder, "shop.db"));
        foreach (var (what, path, table) in new[] { ("back office: orders", "/admin/orders", "Orders"), ("back office: payments", "/admin/payments", "Payments") })
        {
            var deep = Books.Rows(books, $"SELECT Id FROM {table} ORDER BY Id DESC LIMIT 1 OFFSET 49950");
            yield return Deep(bench, what, path, deep.Count > 0 ? $"{path}?after={deep[0][0]}" : null, cookie);
        }
    }

    private static ReportRow Deep(Comparison bench, string what, string first, string? thousandth, string cookie)
    {
        const double most = 1.2;
        if (thousandth is null)
            return new($"{what}, page 1000 beside page 1", "", "", "", "", null, 0) { Shop = "too few orders: --orders" };
        var times = bench.Compare(() => Load.OnPage(bench.Shop.At(first), 1, bench.Seconds, cookie).P50, () => Load.OnPage(bench.Shop.At(thousandth), 1, bench.Seconds, cookie).P50);
        return new($"{what}, page 1000 beside page 1, 1", Ms(times.Limit), Ms(times.Shop), Percent(times.Ratio), $"≤ {Percent(most)}", times.Ratio <= most, times.Others);
    }

    private static ReportRow Row(Comparison bench, string what, string path, int connections, double? goal, params string[] headers)
    {
        var rates = bench.Compare(
            () => Load.OnPage(bench.Page.At("/page"), connections, bench.Seconds).PerSecond,
            () => Load.OnPage(bench.Shop.At(path), connections, bench.Seconds, headers).PerSecond);
        return new(what, Rate(rates.Limit), Rate(rates.Shop), Percent(rates.Ratio), goal is { } least ? $"≥ {Percent(least)}" : "", goal is null ? null : rates.Ratio >= goal, rates.Others);
    }

    private static string Cookie(Comparison bench, string user)
    {
        using var visitors = new Visitors(bench.Folder);
        return $"Cookie: {visitors.CookieOf(user)}";
    }

    private static string Asking(string text) => "/courses?q=" + Uri.EscapeDataString(text);

    /// <summary>More courses of the kind that are there, each with a name of its own.</summary>
    private static void Stock(SqliteConnection books, int courses)
    {
        var columns = Books.Rows(books, "SELECT name FROM pragma_table_info('Courses') WHERE name NOT IN ('Id', 'Slug', 'Title', 'Position')").ConvertAll(row => $"\"{row[0]}\"");
        Books.Run(books, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {courses.ToString(CultureInfo.InvariantCulture)})
            INSERT INTO Courses (Slug, Title, Position, {string.Join(", ", columns)})
            SELECT 'more-' || i, Title || ' · 第' || i || '讲', 1000 + i, {string.Join(", ", columns)} FROM n JOIN Courses ON Id = 1 + i % 48
            """);
    }
}

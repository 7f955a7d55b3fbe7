using System.Net;
using System.Text.RegularExpressions;
using static CourseShop.Bench.ReportRow;

namespace CourseShop.Bench;

/// <summary>How soon, how big, how heavy.</summary>
internal static partial class StartRows
{
    private const double LongestStart = 600;
    private const double MostMemory = 200;
    private const int MostBytes = 20 * 1024;
    private const int MostRequests = 3;

    /// <summary>From the start of the process to the whole of the first page, with a database that is there.</summary>
    public static IEnumerable<ReportRow> Start(Comparison bench)
    {
        var page = Path.Combine(bench.Workshop.Folder, "page.html");
        _ = bench.Page;
        var times = bench.Compare(
            () =>
            {
                using var bare = Server.Start(bench.Workshop.Limits, "/page", new Dictionary<string, string>(StringComparer.Ordinal), "--page", page);
                return bare.StartedIn.TotalMilliseconds;
            },
            () =>
            {
                var settings = bench.Workshop.Settings(bench.StartFolder);
                using var shop = Server.Start(bench.Workshop.Shop, "/courses", settings);
                return shop.StartedIn.TotalMilliseconds;
            });
        yield return new("start to first page", Ms(times.Limit), Ms(times.Shop), "", $"≤ {Ms(LongestStart)}", times.Shop <= LongestStart, times.Others);
    }

    /// <summary>After everything that was measured before, and a last load of pages.</summary>
    public static IEnumerable<ReportRow> Memory(Comparison bench)
    {
        using var visitors = new Visitors(bench.Folder);
        Load.OnPage(bench.Shop.At("/courses"), 64, bench.Seconds * 2, $"Cookie: {visitors.CookieOf("shopper")}");
        Load.OnPage(bench.Shop.At("/courses"), 64, bench.Seconds, "Accept-Encoding: gzip");
        var memory = Machine.MemoryMiB(bench.Shop.ProcessId);
        yield return new("memory after load", "", $"{memory:0} MiB", "", $"≤ {MostMemory:0} MiB", memory <= MostMemory, 0);
    }

    /// <summary>What a browser fetches for its first look, pictures apart.</summary>
    public static IEnumerable<ReportRow> Weight(Comparison bench)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = bench.Shop.Address };
        foreach (var path in new[] { "/", "/courses" })
        {
            var html = client.GetStringAsync(path).GetAwaiter().GetResult();
            var parts = Parts().Matches(html).Select(match => match.Groups["path"].Value).Prepend(path).ToList();
            var bytes = parts.Sum(part => Size(client, part));
            yield return new($"first view of {path}: HTML, CSS, JS", "", $"{bytes / 1024.0:0.0} KB in {parts.Count} requests", "", $"≤ {MostBytes / 1024} KB in ≤ {MostRequests}", bytes <= MostBytes && parts.Count <= MostRequests, 0);
        }
    }

    private static int Size(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var answer = client.Send(request);
        using var body = new MemoryStream();
        answer.EnsureSuccessStatusCode().Content.ReadAsStream().CopyTo(body);
        return (int)body.Length;
    }

    [GeneratedRegex("(<link rel=\"stylesheet\" href=|<script [^>]*src=)\"(?<path>/[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}

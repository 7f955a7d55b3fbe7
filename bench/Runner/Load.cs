using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CourseShop.Bench;

/// <summary>What one run of wrk saw. Times in milliseconds.</summary>
internal sealed record Load(long Answered, long Wrong, long Failed, double Seconds, double P50, double P99)
{
    private const int FormSeconds = 6; // wrk sleeps all of it, also when every form was answered sooner

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public double PerSecond => Seconds > 0 ? Answered / Seconds : 0;

    /// <summary>The same page again and again.</summary>
    public static Load OnPage(Uri address, int connections, double seconds, params ReadOnlySpan<string> headers)
    {
        List<string> arguments = [.. Options("page.lua", connections, Math.Max(1, (int)Math.Round(seconds)))];
        foreach (var header in headers)
            arguments.AddRange(["-H", header]);
        return Run([.. arguments, address.AbsoluteUri]);
    }

    /// <summary>Lines of a file, each sent once: path, cookie and body.</summary>
    public static Load OfForms(Uri address, int connections, string file, int from, int count, string wanted) =>
        Run([.. Options("load.lua", connections, FormSeconds), address.AbsoluteUri, "--", file, Text(from), Text(count), wanted, Text(Threads(connections))]);

    private static int Threads(int connections) => Math.Min(2, connections);

    private static string[] Options(string script, int connections, int seconds) =>
        [$"-t{Text(Threads(connections))}", $"-c{Text(connections)}", $"-d{Text(seconds)}s", "--timeout", "30s", "-s", Path.Combine(AppContext.BaseDirectory, script)];

    private static Load Run(IEnumerable<string> arguments)
    {
        using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        var line = said.Split('\n').LastOrDefault(line => line.StartsWith('{')) ?? throw new InvalidOperationException($"wrk said: {said}");
        var load = JsonSerializer.Deserialize<Load>(line, Json)!;
        if (load.Answered == 0)
            throw new InvalidOperationException("Nothing was answered in time.");
        return load.Wrong + load.Failed == 0 ? load : throw new InvalidOperationException($"Of {load.Answered} answers {load.Wrong} were not what was asked for, and {load.Failed} requests failed.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

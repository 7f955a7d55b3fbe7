using System.Globalization;
using CourseShop.Bench;

// bench/run [--quick] [--orders N] [rows…]: builds the shop and the limits, measures them side by side, prints a table.
string[] known = ["list", "uncached", "signed-in", "course", "search", "orders", "office", "cart", "checkout", "notify", "sweep", "start", "memory", "weight"];
var isQuick = args.Contains("--quick");
var at = Array.IndexOf(args, "--orders");
var orders = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture) : 200_000;
var asked = args.Where((word, place) => !word.StartsWith('-') && place != at + 1).ToList();
if (asked.Except(known, StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
{
    Console.Error.WriteLine($"There is no row {string.Join(", ", unknown)}. The rows are: {string.Join(' ', known)}");
    return 2;
}

var workshop = new Workshop(orders, Math.Min(orders / 4, 40_000), Math.Min(orders / 3, 100_000));
Console.Error.WriteLine("building");
workshop.Build();
using (workshop.AlipayKey())
    Console.Error.WriteLine($"a shop with {orders:N0} orders");
var seeded = workshop.Seeded();

Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, {orders:N0} orders, {(isQuick ? "quick" : "whole")} run\n");
Console.WriteLine(Report.Head);
var rows = asked.Count > 0 ? asked : [.. known];
Console.CancelKeyPress += (_, _) => Environment.Exit(130); // so that no server is left behind
using (var bench = new Comparison(workshop, seeded, isQuick))
{
    foreach (var row in rows)
    {
        foreach (var line in bench.Measure(row))
            Console.WriteLine(line);
    }

    Console.WriteLine($"\n{bench.Check()}");
}

return 0;

using System.Globalization;

namespace CourseShop.Bench;

/// <summary>How much of the machine was used by processes other than the bench's own, in ticks since it started.</summary>
internal sealed class Machine(IReadOnlyList<Server> servers)
{
    private long _busy = Busy();
    private long _all = All();
    private long _ours = Ours(servers);

    /// <summary>Of all cores, in percent, since this was asked last.</summary>
    public double OthersSinceThen()
    {
        var (busy, all, ours) = (Busy(), All(), Ours(servers));
        var others = (double)Math.Max(0, busy - _busy - (ours - _ours)) / Math.Max(1, all - _all);
        (_busy, _all, _ours) = (busy, all, ours);
        return others * 100;
    }

    /// <summary>User and system time of a process; with that of the children that have ended.</summary>
    public static long Ticks(int processId, bool withChildren = false)
    {
        var fields = File.ReadAllText($"/proc/{processId}/stat").Split(") ")[1].Split(' ');
        return Number(fields[11]) + Number(fields[12]) + (withChildren ? Number(fields[13]) + Number(fields[14]) : 0);
    }

    public static double MemoryMiB(int processId) =>
        Number(File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;

    private static long Ours(IReadOnlyList<Server> servers) => Ticks(Environment.ProcessId, withChildren: true) + servers.Where(server => server.IsRunning).Sum(server => Ticks(server.ProcessId));

    private static long[] Cpu() => [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Number)];

    private static long All() => Cpu()[..8].Sum();

    private static long Busy()
    {
        var cpu = Cpu();
        return cpu[..8].Sum() - cpu[3] - cpu[4]; // neither idle nor waiting for a disk
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

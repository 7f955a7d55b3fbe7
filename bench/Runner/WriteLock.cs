using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CourseShop.Bench;

/// <summary>Watches who may write to a database, without asking for it: the kernel tells whether the lock is held, SQLite tells that somebody has written.</summary>
internal sealed class WriteLock
{
    private const int WriterByte = 120; // of the shared memory beside a database in WAL mode
    private readonly SqliteConnection _books;
    private readonly string _lock;
    private long _since;
    private long _version;

    public WriteLock(SqliteConnection books)
    {
        _books = books;
        _version = Version();
        _lock = string.Create(CultureInfo.InvariantCulture, $":{Inode(books.DataSource + "-shm")} {WriterByte} ");
    }

    /// <summary>The longest that it was held between two looks, in milliseconds: true to about one of them.</summary>
    public double Longest { get; private set; }

    /// <summary>When somebody else last wrote, by the clock of <see cref="Stopwatch"/>.</summary>
    public long WrittenAt { get; private set; }

    /// <summary>To be asked every millisecond.</summary>
    public void Look()
    {
        var isHeld = File.ReadLines("/proc/locks").Any(line => line.Contains(_lock, StringComparison.Ordinal));
        var version = Version();
        var now = Stopwatch.GetTimestamp();
        if (_since != 0 && (!isHeld || version != _version))
        {
            Longest = Math.Max(Longest, Stopwatch.GetElapsedTime(_since, now).TotalMilliseconds);
            _since = 0;
        }

        if (isHeld && _since == 0)
            _since = now;
        if (version != _version)
            (_version, WrittenAt) = (version, now);
    }

    private long Version() => Books.Number(_books, "PRAGMA data_version");

    private static string Inode(string file)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["--format=%i", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return stat.StandardOutput.ReadToEnd().Trim();
    }
}

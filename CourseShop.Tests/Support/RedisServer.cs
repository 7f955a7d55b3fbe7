using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace CourseShop.Tests.Support;

/// <summary>A test that needs Redis: skipped where there is none, required in CI.</summary>
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisServer.WhyMissing;
}

/// <summary>A test that needs both servers.</summary>
public sealed class RedisAndPostgresFactAttribute : FactAttribute
{
    public RedisAndPostgresFactAttribute() => Skip = RedisServer.WhyMissing ?? PostgresServer.WhyMissing;
}

/// <summary>A Redis of a test's own, on a free port of this machine alone, that keeps nothing on disk. It can be killed, frozen, flushed and started again.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly int _port = ShopProgram.FreePort();
    private Process _process;
    private bool _isDisposed;

    public RedisServer()
    {
        _process = Start();
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Null where it is there.</summary>
    public static string? WhyMissing { get; } = File.Exists("/usr/bin/redis-server") ? null : "Redis is not installed (Debian: apt-get install redis-server).";

    public string Setting => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public void Kill()
    {
        if (_process.HasExited)
            return;
        _process.Kill();
        _process.WaitForExit();
    }

    public void StartAgain()
    {
        Kill();
        _process.Dispose();
        _process = Start();
    }

    /// <summary>It takes connections, and answers nobody.</summary>
    public void Freeze() => Signal("-STOP");

    public void Thaw() => Signal("-CONT");

    public string Say(params string[] words)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", _port.ToString(CultureInfo.InvariantCulture), .. words]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = cli.StandardOutput.ReadToEnd();
        cli.WaitForExit();
        return said.Trim();
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("/usr/bin/redis-server", ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath()])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        for (var looks = 0; looks < 600; looks++)
        {
            try
            {
                using var door = new TcpClient("127.0.0.1", _port);
                return process;
            }
            catch (SocketException)
            {
                Thread.Sleep(20);
            }
        }

        throw new InvalidOperationException("Redis does not open.");
    }
}

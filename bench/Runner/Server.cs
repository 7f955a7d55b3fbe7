using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CourseShop.Bench;

/// <summary>The published shop, or a limit, on a port of its own. Never outlives the bench.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, Uri address)
    {
        _process = process;
        Address = address;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the whole of its first page.</summary>
    public TimeSpan StartedIn { get; private set; }

    public int ProcessId => _process.Id;

    public bool IsRunning => !_process.HasExited;

    public static Server Start(string program, string firstPage, IReadOnlyDictionary<string, string> settings, params IEnumerable<string> arguments)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(program, [.. arguments, "--urls", address.ToString()]) { WorkingDirectory = Path.GetDirectoryName(program)!, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var said = new List<string?>();
        process.OutputDataReceived += (_, line) => said.Add(line.Data);
        process.ErrorDataReceived += (_, line) => said.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new Server(process, address);
        try
        {
            server.WaitForPage(firstPage, since);
            return server;
        }
        catch (Exception failure)
        {
            server.Dispose();
            throw new InvalidOperationException($"{program} does not answer: {string.Join('\n', said)}", failure);
        }
    }

    public Uri At(string path) => new(Address, path);

    public void Dispose()
    {
        if (_process.HasExited)
            return;
        _process.Kill();
        _process.WaitForExit();
    }

    private void WaitForPage(string path, long since)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        while (!Answers(client, path))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(2))
                throw new TimeoutException("It ended, or two minutes were not enough.");
            Thread.Sleep(2);
        }

        StartedIn = Stopwatch.GetElapsedTime(since);
    }

    private static bool Answers(HttpClient client, string path)
    {
        try
        {
            return client.GetByteArrayAsync(path).GetAwaiter().GetResult().Length > 0;
        }
        catch (HttpRequestException refused) when (refused.StatusCode is null)
        {
            return false; // it does not listen yet
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

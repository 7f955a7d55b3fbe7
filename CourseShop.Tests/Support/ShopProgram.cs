using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CourseShop.Common;

namespace CourseShop.Tests.Support;

/// <summary>The built program itself, started as an operator would, on an address of this machine alone. It never outlives the test.</summary>
public sealed class ShopProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;
    private bool _isDisposed;

    private ShopProgram(ProcessStartInfo start, Uri address)
    {
        Address = address;
        _process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>From here on requests may fail.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>How a command or the server is started with these settings; output and errors are to be read.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<KeyValuePair<string, string?>> settings, params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Money).Assembly.Location, .. command])
        {
            WorkingDirectory = ShopFolder.Repository,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    /// <summary>A port that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the shop in Development, with the simulator for Alipay, and returns when it answers.</summary>
    public static async Task<ShopProgram> OpenAsync(string dataFolder, int port, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var program = new ShopProgram(StartInfo(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["Shop:DataFolder"] = dataFolder,
            ["Accounts:PasswordIterations"] = "1000",
            ["Ordering:SweepEvery"] = "00:00:01",
            ["Serilog:MinimumLevel:Default"] = "Error",
        }.Concat(ShopFile.Settings(dataFolder)).Concat(settings)), address);
        try
        {
            await program.IsReadyAsync();
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Somebody at this shop's door; follows no redirects.</summary>
    /// <param name="jar">The cookies of somebody who was here, or at another server, before.</param>
    public Shopper NewShopper(CookieContainer? jar = null) => new(new HttpClient(new CookieJarHandler { Jar = jar ?? new(), InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false } }) { BaseAddress = Address });

    /// <summary>SIGTERM, as an operator's service does; yields what the program leaves.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is finished, nothing is flushed.</summary>
    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private async Task IsReadyAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address };
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(since) > Patience)
                throw new InvalidOperationException($"The shop does not open: {string.Join('\n', _said)}");
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }

            await Task.Delay(50);
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
            _said.Enqueue(line.Data);
    }

    private void KillAtExit(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill();
    }
}

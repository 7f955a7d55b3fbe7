using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace CourseShop.Tests.Operations;

/// <summary>
/// Visitors and customers at two processes on one PostgreSQL and one Redis, while now one process is killed and now the other, and Redis restarts twice.
/// COURSESHOP_LOAD=00:10:00 lasts ten minutes instead of twenty seconds.
/// </summary>
public sealed class TwoServersUnderLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int VisitsPerSecond = 200;
    private const int MostInFlight = 200;
    private const int CustomersPerServer = 2;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly ShopFolder _folder = new();
    private readonly RedisServer? _redis = RedisServer.WhyMissing is null ? new() : null;
    private readonly int[] _ports = [ShopProgram.FreePort(), ShopProgram.FreePort()];
    private readonly ShopProgram?[] _servers = new ShopProgram?[2];
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly SemaphoreSlim _places = new(MostInFlight);
    private int _answers;
    private int _excused;

    public void Dispose()
    {
        foreach (var server in _servers)
            server?.Dispose();
        _redis?.Dispose();
        _places.Dispose();
        _folder.Dispose();
    }

    [RedisAndPostgresFact]
    public async Task Nobody_sees_an_error_but_who_was_at_the_server_that_died_and_the_books_are_right()
    {
        ShopHost.StockTo(_folder.Path, onPostgres: true);
        var courses = await ShopFile.ReadAsync(_folder.Path, db => db.Courses.Select(course => course.Id).ToListAsync());
        var length = TimeSpan.TryParse(Environment.GetEnvironmentVariable("COURSESHOP_LOAD"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Usual;
        await Task.WhenAll(OpenAsync(0), OpenAsync(1));
        var customers = await Task.WhenAll(Enumerable.Range(0, 2 * CustomersPerServer).Select(async number => (Server: number % 2, Customer: new Customer(await EnterAsync(number), courses, new Random(number)))));
        using var time = new CancellationTokenSource(length);

        var trouble = Task.WhenAll(KillAsync(length / 6, time.Token), RestartRedisAsync(length / 3, time.Token));
        var buying = customers.Select(one => BuyAsync(one.Customer, one.Server, time.Token)).ToList();
        await VisitAsync(courses, time.Token);
        await trouble;
        foreach (var server in _servers)
            server!.Kill(); // in the midst of what customers do
        await Task.WhenAll(buying);
        await Task.WhenAll(OpenAsync(0), OpenAsync(1)); // what was paid at one is told to that one

        output.WriteLine($"{length}: {_answers} pages, {_answers / length.TotalSeconds:0} a second, {_excused} at a server that died; {customers.Sum(one => one.Customer.Placed.Count)} orders, {customers.Sum(one => one.Customer.Paid.Count)} paid");
        Assert.Empty(_errors.Take(20));
        foreach (var number in customers.SelectMany(one => one.Customer.Paid))
            await ShopFile.MoneyArrivesAsync(_folder.Path, number);
        foreach (var (_, customer) in customers)
            Assert.Empty(await ShopFile.ReadAsync(_folder.Path, customer.MissingAsync));
        Assert.NotEmpty(customers.SelectMany(one => one.Customer.Paid));
        await ShopFile.AssertHoldsAsync(_folder.Path);
    }

    private async Task OpenAsync(int server) => _servers[server] = await ShopProgram.OpenAsync(_folder.Path, _ports[server], new("Simulator:Speed", "60"), new("ConnectionStrings:Redis", _redis!.Setting));

    private async Task<Shopper> EnterAsync(int number)
    {
        var person = _servers[number % 2]!.NewShopper();
        await person.SignUpAsync();
        return person;
    }

    /// <summary>As many a second as wanted, as long as not too many are waiting for their answer.</summary>
    private async Task VisitAsync(List<long> courses, CancellationToken time)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        var flying = new ConcurrentDictionary<int, Task>();
        var (since, sent) = (Stopwatch.GetTimestamp(), 0);
        using var timer = new PeriodicTimer(Tick);
        while (!time.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = (int)(Stopwatch.GetElapsedTime(since).TotalSeconds * VisitsPerSecond); sent < due && _places.Wait(0, CancellationToken.None); sent++)
            {
                var visit = sent;
                flying[visit] = Task.Run(async () =>
                {
                    await VisitOnceAsync(client, visit, courses);
                    flying.TryRemove(visit, out _);
                }, CancellationToken.None);
            }
        }

        await Task.WhenAll(flying.Values);
    }

    /// <summary>A proxy sends nobody to a server that is not there.</summary>
    private async Task VisitOnceAsync(HttpClient client, int visit, List<long> courses)
    {
        var server = _servers[visit % 2] is { IsKilled: false } usual ? usual : _servers[(visit + 1) % 2]!;
        var path = (visit % 5) switch { 0 => "/", 1 => "/courses", 2 => $"/courses/{courses[visit % courses.Count]}", 3 => "/articles", _ => "/courses?sort=popular" };
        try
        {
            using var answer = await client.GetAsync(new Uri(server.Address, path));
            await answer.Content.ReadAsByteArrayAsync();
            Interlocked.Increment(ref _answers);
            if (!answer.IsSuccessStatusCode)
                _errors.Enqueue($"{path} answered {(int)answer.StatusCode}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
        {
            if (server.IsKilled)
                Interlocked.Increment(ref _excused);
            else
                _errors.Enqueue($"{path}: {failure.Message}");
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Now one, now the other; the one that is left has the visitors until it is back.</summary>
    private async Task KillAsync(TimeSpan every, CancellationToken time)
    {
        for (var server = 0; await LastsAsync(every, time); server = 1 - server)
        {
            _servers[server]!.Kill();
            _servers[server]!.Dispose();
            await OpenAsync(server);
        }
    }

    private async Task RestartRedisAsync(TimeSpan every, CancellationToken time)
    {
        for (var restarts = 0; restarts < 2 && await LastsAsync(every * 0.9, time); restarts++)
        {
            _redis!.Kill();
            await LastsAsync(TimeSpan.FromSeconds(1), time);
            _redis.StartAgain();
        }
    }

    private async Task BuyAsync(Customer customer, int server, CancellationToken time)
    {
        while (!time.IsCancellationRequested)
        {
            if (_servers[server] is { IsKilled: false } open)
                await customer.BuyAsync(open, () => { });
            else
                await Task.Delay(Tick, CancellationToken.None);
        }
    }

    /// <summary>False: the time is over.</summary>
    private static async Task<bool> LastsAsync(TimeSpan pause, CancellationToken time)
    {
        try
        {
            await Task.Delay(pause, time);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

using CourseShop.Sharing;
using CourseShop.Tests.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Sharing;

public sealed class RedisCacheTests : IAsyncLifetime, IDisposable
{
    private readonly RedisServer? _redis = RedisServer.WhyMissing is null ? new() : null;
    private readonly TestClock _clock = new();
    private readonly Lazy<ServiceProvider> _services;

    public RedisCacheTests() => _services = new(() => Open(Patient(_redis!), _clock));

    private IDistributedCache Cache => _services.Value.GetRequiredService<IDistributedCache>();

    public async Task InitializeAsync()
    {
        if (_redis is not null)
            await AnswersAsync(_services.Value);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (_services.IsValueCreated)
            _services.Value.Dispose();
        _redis?.Dispose();
    }

    [RedisFact]
    public async Task What_is_kept_is_there_until_it_is_removed()
    {
        await Cache.SetAsync("one", [1, 2, 3], new DistributedCacheEntryOptions());

        Assert.Equal([1, 2, 3], await Cache.GetAsync("one"));
        Assert.Equal([1, 2, 3], await Task.Run(() => Cache.Get("one")));
        Assert.Null(await Cache.GetAsync("another"));
        await Cache.RemoveAsync("one");
        Assert.Null(await Cache.GetAsync("one"));
    }

    [RedisFact]
    public async Task It_goes_when_its_time_is_over_and_not_before()
    {
        await Cache.SetAsync("short", [1], new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(50) });
        await Cache.SetAsync("slides", [1], new DistributedCacheEntryOptions { AbsoluteExpiration = _clock.Now.AddSeconds(90), SlidingExpiration = TimeSpan.FromSeconds(40) });
        await Cache.SetAsync("ever", [1], new DistributedCacheEntryOptions());

        Assert.InRange(Left("short"), 40, 50);
        Assert.InRange(Left("slides"), 30, 40);
        Assert.Equal(-1, Left("ever"));
        _clock.Advance(TimeSpan.FromSeconds(75)); // of its 90 seconds 15 are left
        await Cache.GetAsync("slides");
        Assert.InRange(Left("slides"), 5, 15);
    }

    [RedisFact]
    public async Task A_count_is_of_all_servers_and_of_one_minute()
    {
        await using var other = Open(Patient(_redis!), _clock);
        await AnswersAsync(other);
        var counts = new[] { _services.Value.GetRequiredService<SharedCounts>(), other.GetRequiredService<SharedCounts>() };

        for (var time = 1; time <= 10; time++)
            Assert.Equal(time, await counts[time % 2].AddAsync("knocks"));

        Assert.Equal(10, await counts[0].ReadAsync("knocks"));
        Assert.Equal(0, await counts[0].ReadAsync("others"));
        _clock.Advance(counts[0].UntilNextMinute());
        Assert.Equal(0, await counts[1].ReadAsync("knocks"));
    }

    [RedisFact]
    public async Task A_round_is_one_servers_and_anybodys_where_redis_is_silent()
    {
        await using var other = Open(Patient(_redis!), _clock);
        await AnswersAsync(other);
        var leases = new[] { _services.Value.GetRequiredService<WorkLease>(), other.GetRequiredService<WorkLease>() };

        var mine = await Task.WhenAll(Enumerable.Range(0, 10).Select(turn => leases[turn % 2].IsMineAsync("round", TimeSpan.FromMinutes(1))));

        Assert.Single(mine, isMine => isMine);
        _redis!.Kill();
        Assert.True(await leases[0].IsMineAsync("round", TimeSpan.FromMinutes(1)));
        Assert.True(await leases[1].IsMineAsync("round", TimeSpan.FromMinutes(1)));
    }

    [RedisFact]
    public async Task A_redis_that_is_away_holds_nothing_and_one_that_is_back_is_used_again()
    {
        await Cache.SetAsync("one", [1], new DistributedCacheEntryOptions());

        _redis!.Kill();
        Assert.Null(await Cache.GetAsync("one"));
        await Cache.SetAsync("one", [2], new DistributedCacheEntryOptions());
        _redis.StartAgain();

        await Patience.UntilAsync("a Redis that is back keeps nothing", async () =>
        {
            await Cache.SetAsync("one", [3], new DistributedCacheEntryOptions());
            return await Cache.GetAsync("one") is [3];
        });
    }

    [RedisFact]
    public async Task A_frozen_one_is_waited_for_once_and_then_left_alone()
    {
        await using var usual = Open(_redis!.Setting, _clock);
        await AnswersAsync(usual);
        await Cache.SetAsync("one", [1], new DistributedCacheEntryOptions());
        var cache = usual.GetRequiredService<IDistributedCache>();
        _redis.Freeze();

        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var time = 0; time < 50; time++)
            Assert.Null(await cache.GetAsync("one"));
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(since);
        _redis.Thaw();

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Patience.UntilAsync("a Redis that goes on is not asked", async () => await cache.GetAsync("one") is [1]);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_kept_counted_or_left_to_others()
    {
        await using var alone = Open("", _clock);

        await alone.GetRequiredService<IDistributedCache>().SetAsync("one", [1], new DistributedCacheEntryOptions());

        Assert.False(alone.GetRequiredService<SharedMemory>().IsSet);
        Assert.Null(await alone.GetRequiredService<IDistributedCache>().GetAsync("one"));
        Assert.Equal(0, await alone.GetRequiredService<SharedCounts>().AddAsync("knocks"));
        Assert.True(await alone.GetRequiredService<WorkLease>().IsMineAsync("round", TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("password=x")]
    [InlineData("127.0.0.1:6379,thisIsNoOption=1")]
    public void A_setting_that_cant_be_read_is_named(string setting)
    {
        using var wrong = Open(setting, _clock);

        Assert.Contains("ConnectionStrings:Redis", Assert.ThrowsAny<Exception>(() => wrong.GetRequiredService<SharedMemory>()).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Open(string setting, TimeProvider clock) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Redis"] = setting }).Build())
        .AddLogging().AddSingleton(clock).AddSharing().BuildServiceProvider();

    private static Task AnswersAsync(IServiceProvider services) => Patience.UntilAsync("Redis does not answer", async () => await services.GetRequiredService<SharedCounts>().AddAsync("warm up") > 0);

    /// <summary>A busy machine is no Redis that is away.</summary>
    private static string Patient(RedisServer redis) => $"{redis.Setting},syncTimeout=5000";

    private int Left(string key) => int.Parse(_redis!.Say("TTL", $"courseshop:cache:{key}"), System.Globalization.CultureInfo.InvariantCulture);
}

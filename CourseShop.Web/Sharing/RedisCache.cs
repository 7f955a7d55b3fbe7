using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace CourseShop.Sharing;

/// <summary>
/// The framework's shared cache on Redis: the same hashes as Microsoft.Extensions.Caching.StackExchangeRedis writes, which takes this class's place by one line
/// once it restores. A Redis that is away holds nothing.
/// </summary>
internal sealed class RedisCache(SharedMemory shared, TimeProvider clock) : IDistributedCache
{
    private const string Until = "absexp";
    private const string Sliding = "sldexp";
    private const string Data = "data";
    private const long Never = -1;

    public byte[]? Get(string key) => GetAsync(key).GetAwaiter().GetResult();

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => shared.AskAsync<byte[]?>(async redis =>
    {
        var fields = await redis.HashGetAsync(Key(key), [Until, Sliding, Data]);
        if (fields[2].IsNull)
            return null;
        await SlideAsync(redis, key, fields);
        return fields[2];
    }, null);

    public void Refresh(string key) => RefreshAsync(key).GetAwaiter().GetResult();

    public Task RefreshAsync(string key, CancellationToken token = default) => shared.AskAsync(async redis => await SlideAsync(redis, key, await redis.HashGetAsync(Key(key), [Until, Sliding])), false);

    public void Remove(string key) => RemoveAsync(key).GetAwaiter().GetResult();

    public Task RemoveAsync(string key, CancellationToken token = default) => shared.AskAsync(redis => redis.KeyDeleteAsync(Key(key)), false);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => SetAsync(key, value, options).GetAwaiter().GetResult();

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        var now = clock.GetUtcNow();
        var until = options.AbsoluteExpiration ?? now + options.AbsoluteExpirationRelativeToNow;
        return shared.AskAsync(redis =>
        {
            var together = redis.CreateTransaction();
            _ = together.HashSetAsync(Key(key), [new(Until, until?.UtcTicks ?? Never), new(Sliding, options.SlidingExpiration?.Ticks ?? Never), new(Data, value)]);
            _ = together.KeyExpireAsync(Key(key), Left(until, options.SlidingExpiration, now));
            return together.ExecuteAsync();
        }, false);
    }

    private async Task<bool> SlideAsync(IDatabase redis, string key, RedisValue[] fields)
    {
        if (fields[1].IsNull || (long)fields[1] == Never)
            return false;
        var until = (long)fields[0] == Never ? (DateTimeOffset?)null : new DateTimeOffset((long)fields[0], TimeSpan.Zero);
        return await redis.KeyExpireAsync(Key(key), Left(until, TimeSpan.FromTicks((long)fields[1]), clock.GetUtcNow()));
    }

    private static TimeSpan? Left(DateTimeOffset? until, TimeSpan? sliding, DateTimeOffset now) =>
        until is { } end && (sliding is null || end - now < sliding) ? end - now : sliding;

    private static RedisKey Key(string key) => $"{SharedMemory.Prefix}cache:{key}";
}

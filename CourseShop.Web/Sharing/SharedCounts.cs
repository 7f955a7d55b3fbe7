namespace CourseShop.Sharing;

/// <summary>How often something happened within this minute at all servers together. Where Redis is silent nobody knows: then each server's own count holds.</summary>
public sealed class SharedCounts(SharedMemory shared, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    /// <summary>Counts one more, and yields how many it were.</summary>
    /// <param name="what">What is counted, and of whom.</param>
    public Task<long> AddAsync(string what) => shared.AskAsync(async redis =>
    {
        var key = Key(what);
        var count = await redis.StringIncrementAsync(key);
        if (count == 1)
            await redis.KeyExpireAsync(key, Kept);
        return count;
    }, 0L);

    /// <summary>How many it are; 0 where nobody knows.</summary>
    public Task<long> ReadAsync(string what) => shared.AskAsync(async redis => (long)await redis.StringGetAsync(Key(what)), 0L);

    /// <summary>How long until the counts begin anew.</summary>
    public TimeSpan UntilNextMinute()
    {
        var now = clock.GetUtcNow();
        return TimeSpan.FromMilliseconds(60_000 - (now.ToUnixTimeMilliseconds() % 60_000));
    }

    private string Key(string what) => FormattableString.Invariant($"{SharedMemory.Prefix}count:{what}:{clock.GetUtcNow().ToUnixTimeSeconds() / 60}");
}

using Microsoft.Extensions.Caching.Memory;

namespace CourseShop.Accounts;

/// <summary>
/// Names that nobody has are "locked" as accounts are, after as many wrong tries: else the sentence would tell which names exist.
/// Kept in memory and bounded; nothing depends on it.
/// </summary>
public sealed class UnknownNames(TimeProvider clock)
{
    private readonly MemoryCache _tries = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly Lock _gate = new();

    /// <summary>Counts one more try; true while the name counts as locked.</summary>
    public bool CountAndAskIfLocked(string name)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            var tries = _tries.Get<Tries>(name) ?? new Tries(0, DateTimeOffset.MinValue);
            if (tries.LockedUntil > now)
                return true;
            var isLast = tries.Count + 1 >= SignInRules.WrongPasswordsAllowed;
            _tries.Set(name, isLast ? new Tries(0, now + SignInRules.LockoutTime) : tries with { Count = tries.Count + 1 },
                new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
            return isLast;
        }
    }

    private sealed record Tries(int Count, DateTimeOffset LockedUntil);
}

using CourseShop.Sharing;

namespace CourseShop.Payments.Alipay;

/// <summary>What the sender of a notification is told.</summary>
public enum NotificationAnswer
{
    /// <summary>It is stored, with its effect.</summary>
    Success,

    /// <summary>It is not genuine.</summary>
    Fail,

    /// <summary>It is not genuine, nor were the many before it from the same address.</summary>
    TooMany,
}

/// <summary>
/// How many failed verifications of one address are stored in a minute, by all servers together where they share a Redis. Genuine notifications are never
/// counted, and never stopped.
/// </summary>
public sealed class ForgeryLimit(SharedCounts counts, TimeProvider clock)
{
    private const int MostPerMinute = 30;
    private const int MostAddresses = 10_000;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Counts one more failure of this address, and says whether that was one too many. Counts begin anew each minute.</summary>
    public async Task<bool> IsExceededAfterOneMoreAsync(string address)
    {
        if (IsExceededHere(address))
            return true;
        return await counts.AddAsync($"forged:{address}") > MostPerMinute;
    }

    private bool IsExceededHere(string address)
    {
        lock (_turn)
        {
            BeginMinute(clock.GetUtcNow().ToUnixTimeSeconds() / 60);
            var count = _failures.GetValueOrDefault(address) + 1;
            if (count == 1 && _failures.Count >= MostAddresses)
                return true;
            _failures[address] = count;
            return count > MostPerMinute;
        }
    }

    private void BeginMinute(long minute)
    {
        if (minute == _minute)
            return;
        _minute = minute;
        _failures.Clear();
    }
}

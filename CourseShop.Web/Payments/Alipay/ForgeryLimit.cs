using System.Collections.Concurrent;

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

/// <summary>How many failed verifications of one address are stored in a minute. Genuine notifications are never counted, and never stopped.</summary>
public sealed class ForgeryLimit(TimeProvider clock)
{
    private const int MostPerMinute = 30;
    private const int MostAddresses = 10_000;

    private readonly Lock _turn = new();
    private ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private long _minute;

    /// <summary>Counts one more failure of this address, and says whether that was one too many. Counts begin anew each minute.</summary>
    public bool IsExceededAfterOneMore(string address)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (_turn)
        {
            if (minute != _minute)
                (_minute, _failures) = (minute, new(StringComparer.Ordinal));
        }

        if (_failures.Count >= MostAddresses && !_failures.ContainsKey(address))
            return true;
        return _failures.AddOrUpdate(address, 1, (_, count) => count + 1) > MostPerMinute;
    }
}

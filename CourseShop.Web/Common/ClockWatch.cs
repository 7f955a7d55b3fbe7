namespace CourseShop.Common;

/// <summary>
/// Tells whether the machine's clock can be believed: it is compared with one that only counts. After a jump of more than a minute, either way,
/// it is not believed until it has agreed for some looks, so that a wrong date ends nothing.
/// </summary>
public sealed class ClockWatch(TimeProvider clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);
    private const int LooksNeeded = 10;

    private DateTimeOffset _wall = clock.GetUtcNow();
    private long _counted = clock.GetTimestamp();
    private int _agreeing = LooksNeeded;

    /// <summary>One look; made regularly.</summary>
    public bool IsSteady()
    {
        var drift = clock.GetUtcNow() - _wall - clock.GetElapsedTime(_counted);
        (_wall, _counted) = (clock.GetUtcNow(), clock.GetTimestamp());
        _agreeing = drift.Duration() > Tolerance ? 0 : Math.Min(_agreeing + 1, LooksNeeded);
        return _agreeing == LooksNeeded;
    }
}

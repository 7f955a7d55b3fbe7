namespace CourseShop.Tests.Simulation;

/// <summary>Time as the seed tells it: it stands still until somebody moves it, and timers ring only then.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _counted;

    public DateTimeOffset Now { get; private set; } = new(2026, 11, 20, 1, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => _counted.Ticks;

    /// <summary>Time passes, and every timer whose time has come rings.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        _counted += time;
        foreach (var alarm in _alarms.Where(alarm => alarm.Due <= _counted).ToList())
            alarm.Ring();
    }

    /// <summary>Time passes until the next timer rings.</summary>
    public void RingNext()
    {
        if (_alarms.MinBy(alarm => alarm.Due) is { } next)
            Pass(next.Due > _counted ? next.Due - _counted : TimeSpan.Zero);
    }

    /// <summary>Somebody sets the machine's clock: nothing has passed.</summary>
    public void Set(TimeSpan forwards) => Now += forwards;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Ring()
        {
            clock._alarms.Remove(this);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._alarms.Remove(this);
            if (period != Timeout.InfiniteTimeSpan)
                throw new NotSupportedException("The simulated clock rings once.");
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            Due = clock._counted + dueTime;
            clock._alarms.Add(this);
            return true;
        }

        public void Dispose() => clock._alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

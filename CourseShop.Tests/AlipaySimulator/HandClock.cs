namespace CourseShop.Tests.AlipaySimulator;

/// <summary>A clock that moves only by hand, its timers too.</summary>
public sealed class HandClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock turn = new();
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (turn)
            return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (turn)
        {
            var timer = new HandTimer(this, () => callback(state));
            timer.Change(dueTime, period);
            timers.Add(timer);
            return timer;
        }
    }

    public void Advance(TimeSpan by)
    {
        List<HandTimer> due;
        lock (turn)
        {
            now += by;
            due = timers.FindAll(timer => timer.IsDue(now));
        }
        due.ForEach(timer => timer.Fire());
    }

    private sealed class HandTimer(HandClock clock, Action callback) : ITimer
    {
        private DateTimeOffset? at;
        private TimeSpan every;

        public bool IsDue(DateTimeOffset now) => at <= now;

        public void Fire()
        {
            at = every > TimeSpan.Zero ? clock.GetUtcNow() + every : null;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            at = dueTime < TimeSpan.Zero ? null : clock.GetUtcNow() + dueTime;
            every = period;
            return true;
        }

        public void Dispose() => at = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

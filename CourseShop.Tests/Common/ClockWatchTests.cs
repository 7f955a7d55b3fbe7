using CourseShop.Common;

namespace CourseShop.Tests.Common;

public sealed class ClockWatchTests
{
    [Fact]
    public void A_clock_that_goes_as_time_does_is_believed()
    {
        var (clock, watch) = Start();

        foreach (var _ in Enumerable.Range(0, 100))
        {
            clock.Pass(TimeSpan.FromSeconds(30));
            Assert.True(watch.IsSteady());
        }
    }

    [Theory]
    [InlineData(3 * 24 * 60)]
    [InlineData(-120)]
    public void After_a_jump_it_is_not_believed_until_it_has_agreed_for_a_while(int minutes)
    {
        var (clock, watch) = Start();

        clock.Jump(TimeSpan.FromMinutes(minutes));
        var looks = Enumerable.Range(0, 12).Select(_ =>
        {
            clock.Pass(TimeSpan.FromSeconds(30));
            return watch.IsSteady();
        }).ToList();

        Assert.Equal([.. Enumerable.Repeat(false, 10), true, true], looks);
    }

    private static (HandClock Clock, ClockWatch Watch) Start()
    {
        var clock = new HandClock();
        return (clock, new ClockWatch(clock));
    }

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
        private long _counted;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            _wall += time;
            _counted += time.Ticks;
        }

        public void Jump(TimeSpan by) => _wall += by;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _counted;
    }
}

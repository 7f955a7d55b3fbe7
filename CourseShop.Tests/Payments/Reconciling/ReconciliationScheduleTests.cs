using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;

namespace CourseShop.Tests.Payments.Reconciling;

public sealed class ReconciliationScheduleTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly DateTimeOffset Ten = Today.StartInBeijing().AddHours(10);

    [Theory]
    [InlineData(-1, -2)]
    [InlineData(0, -1)]
    [InlineData(14 * 3600, -2)] // the next day has begun, and its ten o'clock has not come
    public void Yesterday_comes_to_its_time_at_ten(int seconds, int last)
    {
        var now = Ten.AddSeconds(seconds);

        Assert.Equal(now.BeijingDay().AddDays(last), ReconciliationSchedule.Days(now).Last);
        Assert.Equal(now.BeijingDay().AddDays(-7), ReconciliationSchedule.Days(now).First);
    }

    [Fact]
    public void Days_without_a_run_are_made_up_oldest_first_from_the_shops_first_day_on()
    {
        Assert.Equal(Enumerable.Range(-7, 7).Select(Today.AddDays), ReconciliationSchedule.Due(Ten, Today.AddDays(-100), []));
        Assert.Equal([Today.AddDays(-2), Today.AddDays(-1)], ReconciliationSchedule.Due(Ten, Today.AddDays(-2), []));
        Assert.Empty(ReconciliationSchedule.Due(Ten, Today, []));
        Assert.Empty(ReconciliationSchedule.Due(Ten, null, []));
    }

    [Fact]
    public void What_is_done_rests_what_is_asked_for_is_due_and_what_failed_long_ago_is_left_to_staff()
    {
        var clean = Run(-1);
        clean.Begin(Ten);
        clean.Finish(DaySums.None, DaySums.None, true, Ten);
        var failed = Run(-3);
        failed.Begin(Ten.AddDays(-1));
        failed.Fail(ReconciliationTrouble.BrokenBill, null, Ten.AddDays(-1));
        var failedLongAgo = Run(-20);
        failedLongAgo.Begin(Ten.AddDays(-19));
        failedLongAgo.Fail(ReconciliationTrouble.BrokenBill, null, Ten.AddDays(-19));

        Assert.Equal([Today.AddDays(-300), Today.AddDays(-3)], ReconciliationSchedule.Due(Ten, Today.AddDays(-1), [clean, failed, failedLongAgo, Run(-300)]));
    }

    private static Reconciliation Run(int days) => Reconciliation.Ask(PaymentChannel.Alipay, Today.AddDays(days), null, Ten);
}

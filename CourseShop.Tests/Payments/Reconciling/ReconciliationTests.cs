using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;

namespace CourseShop.Tests.Payments.Reconciling;

public sealed class ReconciliationTests
{
    private static readonly DateOnly Day = new(2026, 11, 25);
    private static readonly DateTimeOffset Ten = Day.AddDays(1).StartInBeijing().AddHours(10);

    [Fact]
    public void Only_a_day_that_is_over_has_a_bill()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Reconciliation.Ask(PaymentChannel.Alipay, Day, null, Day.AddDays(1).StartInBeijing().AddMilliseconds(-1)));
        Assert.Equal(ReconciliationState.Asked, Reconciliation.Ask(PaymentChannel.Alipay, Day, null, Day.AddDays(1).StartInBeijing()).State);
    }

    [Fact]
    public void A_process_holds_it_as_long_as_it_is_heard_of()
    {
        var run = Begun();

        run.StayAt(Ten.AddMinutes(9), 2_000);

        Assert.False(run.IsAbandoned(Ten.AddMinutes(18)));
        Assert.True(run.IsAbandoned(Ten.AddMinutes(19)));
        Assert.Equal(2_000, run.RowsRead);
    }

    [Fact]
    public void A_bill_is_waited_for_longer_each_time_and_until_the_end_of_the_day_after()
    {
        var (run, now) = (Asked(), Ten);
        var waits = new List<double>();
        while (run.State is ReconciliationState.Asked or ReconciliationState.Waiting)
        {
            run.Begin(now);
            run.Postpone(ReconciliationTrouble.NoBill, "BILL_NOT_EXIST", now);
            waits.Add((run.NextTryAt!.Value - now).TotalMinutes);
            now = run.NextTryAt.Value;
        }

        Assert.Equal([10, 20, 40, 80, 160, 240, 240, 240, 240], waits);
        Assert.Equal((ReconciliationState.Failed, ReconciliationTrouble.NoBill), (run.State, run.Trouble));
        Assert.Equal(waits.Count, Reconciliation.Ask(PaymentChannel.Alipay, Day, null, now, run).Tries);
    }

    [Fact]
    public void What_ended_in_the_middle_is_due_at_once()
    {
        var run = Begun();

        run.Fail(ReconciliationTrouble.Interrupted, null, Ten);

        Assert.True(run.IsDue(Ten));
    }

    [Fact]
    public void What_has_ended_stays_as_it_is()
    {
        var run = Begun();
        run.Fail(ReconciliationTrouble.Fault, null, Ten);

        Assert.Throws<InvalidOperationException>(() => run.StayAt(Ten));
        Assert.Throws<InvalidOperationException>(() => run.Finish(DaySums.None, DaySums.None, true, Ten));
        Assert.Throws<InvalidOperationException>(() => run.Postpone(ReconciliationTrouble.NoBill, null, Ten));
        Assert.Throws<InvalidOperationException>(() => run.Begin(Ten));
        Assert.Throws<InvalidOperationException>(() => run.AskAgain(1, Ten));
        Assert.False(run.IsCurrent);
    }

    private static Reconciliation Asked() => Reconciliation.Ask(PaymentChannel.Alipay, Day, null, Ten);

    private static Reconciliation Begun()
    {
        var run = Asked();
        run.Begin(Ten);
        return run;
    }
}

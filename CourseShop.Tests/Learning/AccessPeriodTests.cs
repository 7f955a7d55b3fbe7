using CourseShop.Learning;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Learning;

public sealed class AccessPeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_holds_nothing_may_take_everything()
    {
        var period = AccessPeriod.Of([], Now);

        Assert.Equal((false, false, null, true), (period.IsOpen, period.IsPermanent, period.Until, period.CanTake));
        Assert.Equal(Now, period.NextStart(Now));
    }

    [Fact]
    public void A_term_is_open_until_just_before_its_end()
    {
        var grant = Grant(Now, 30);

        Assert.Equal([false, true, true, false], new[] { Now.AddTicks(-1), Now, Now.AddDays(30).AddTicks(-1), Now.AddDays(30) }.Select(moment => AccessPeriod.Of([grant], moment).IsOpen));
    }

    [Fact]
    public void A_renewal_is_appended_to_what_still_runs()
    {
        var first = Grant(Now.AddDays(-20), 30);
        var start = AccessPeriod.Of([first], Now).NextStart(Now);
        var renewed = AccessPeriod.Of([first, Grant(start, 30)], Now);

        Assert.Equal(Now.AddDays(10), start);
        Assert.True(renewed.IsOpen && renewed.CanTake);
        Assert.Equal(Now.AddDays(40), renewed.Until);
        Assert.Equal(Now.AddDays(40), renewed.NextStart(Now));
        Assert.True(AccessPeriod.Of([first, Grant(start, 30)], Now.AddDays(10)).IsOpen); // without a gap
    }

    [Fact]
    public void After_the_end_a_new_term_begins_at_once() => Assert.Equal(Now, AccessPeriod.Of([Grant(Now.AddDays(-31), 30)], Now).NextStart(Now));

    [Fact]
    public void Who_has_it_for_ever_can_take_no_more_whatever_else_they_hold()
    {
        var period = AccessPeriod.Of([Grant(Now.AddDays(-1), 30), Grant(Now, null)], Now);

        Assert.Equal((true, true, null, false), (period.IsOpen, period.IsPermanent, period.Until, period.CanTake));
    }

    [Fact]
    public void A_grant_that_was_taken_back_counts_for_nothing()
    {
        var period = AccessPeriod.Of([Grant(Now.AddDays(-1), null).With(nameof(Enrollment.RevokedAt), (DateTimeOffset?)Now)], Now);

        Assert.Equal(AccessPeriod.None, period);
    }

    [Fact]
    public void Taking_one_grant_back_never_removes_another()
    {
        var revoked = Grant(Now.AddDays(-1), null).With(nameof(Enrollment.RevokedAt), (DateTimeOffset?)Now);

        var period = AccessPeriod.Of([revoked, Grant(Now.AddDays(-1), 30)], Now);

        Assert.True(period.IsOpen && period.CanTake);
        Assert.Equal(Now.AddDays(29), period.Until);
    }

    private static Enrollment Grant(DateTimeOffset start, int? days) => new(7, 1, EnrollmentSource.Purchase, start, days is { } count ? start.AddDays(count) : null);
}

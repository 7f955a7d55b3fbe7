using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Promotions;

public sealed class CampaignTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 11, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_runs_from_its_start_until_just_before_its_end()
    {
        var campaign = Singles();

        Assert.Equal([false, true, true, false], new[] { Start.AddTicks(-1), Start, Start.AddDays(1).AddTicks(-1), Start.AddDays(1) }.Select(campaign.IsRunning));
    }

    [Fact]
    public void A_hidden_one_does_not_run() => Assert.False(Singles().With(nameof(Campaign.IsHidden), true).IsRunning(Start.AddHours(1)));

    [Fact]
    public void It_covers_the_courses_that_are_listed_and_no_others()
    {
        var campaign = Singles().On([3, 5]);

        Assert.Equal([3, 5], Enumerable.Range(1, 6).Where(course => campaign.Covers(course)));
    }

    [Fact]
    public void It_can_be_moved()
    {
        var campaign = Singles();

        campaign.Reschedule(Start.AddYears(1), Start.AddYears(1).AddDays(1));

        Assert.False(campaign.IsRunning(Start));
        Assert.True(campaign.IsRunning(Start.AddYears(1)));
    }

    private static Campaign Singles() => new("双十一", CampaignKind.Percent, Start, Start.AddDays(1));
}

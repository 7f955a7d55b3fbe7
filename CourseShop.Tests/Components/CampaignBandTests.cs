using Bunit;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Pricing;
using CourseShop.Promotions;

namespace CourseShop.Tests.Components;

public sealed class CampaignBandTests : ComponentTests
{
    private static readonly DateTimeOffset End = new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_campaign_shows_price_list_price_what_it_gives_and_its_end()
    {
        var band = Band(CampaignKind.Percent, 199);

        Assert.Equal(["¥163.18", "¥199.00", "限时折扣 8.2 折"], band.FindAll("[data-price], [data-was]:not([hidden]), [data-label]").Select(Text));
        Assert.Equal(("2026-11-20T16:00:00Z", "2026-11-21 00:00"), (band.Find("time").GetAttribute("datetime"), band.Find("time").TextContent));
    }

    [Fact]
    public void Without_a_campaign_it_says_list_price()
    {
        var band = Render<CampaignBand>(parameters => parameters.Add(band => band.ListPrice, Money.Yuan(199)).Add(band => band.Price, new CampaignPrice(Money.Yuan(199), null)));

        Assert.Equal(["¥199.00", "原价购买"], band.FindAll("[data-price], [data-was]:not([hidden]), [data-label]").Select(Text));
        Assert.Empty(band.FindAll("time"));
    }

    [Fact]
    public void Tiers_are_written_out() => Assert.Equal("满100减10，满200减25", Text(Band(CampaignKind.Tiers, 250).Find("[data-label]")));

    [Fact]
    public void Free_for_a_time_says_so() => Assert.Equal(["免费", "限时免费"], Band(CampaignKind.Free, 199).FindAll("[data-price], [data-label]").Select(Text));

    private IRenderedComponent<CampaignBand> Band(CampaignKind kind, int listPrice)
    {
        var campaign = new Campaign("双十一", kind, End.AddDays(-3), End).Taking(8200, Money.Zero, [new(Money.Yuan(100), Money.Yuan(10)), new(Money.Yuan(200), Money.Yuan(25))], Money.Zero).On([7]);
        return Render<CampaignBand>(parameters => parameters.Add(band => band.ListPrice, Money.Yuan(listPrice))
            .Add(band => band.Price, CampaignPrice.Best(Money.Yuan(listPrice), 7, [campaign], End.AddDays(-1))));
    }
}

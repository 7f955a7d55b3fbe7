using AngleSharp.Dom;
using Bunit;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Pricing;
using CourseShop.Promotions;

namespace CourseShop.Tests.Components;

public sealed class CourseShelfTests : ComponentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly CourseCard Plain = new(7, "微服务实战", "/covers/micro.svg", CourseLevel.Intermediate, 86, 12_345, "陈立", 70, Money.Yuan(199));

    [Fact]
    public void A_card_tells_name_then_level_lessons_and_learners_then_teacher_then_price()
    {
        var card = Card(Plain);

        Assert.Equal("微服务实战 进阶 · 86 课时 · 12,345 人在学 陈立 ¥199.00 立即购买", Text(card));
        Assert.Equal("/courses/7", card.QuerySelector("h3 a")!.GetAttribute("href"));
        Assert.Equal(["/covers/micro.svg", "", "640", "360"], new[] { "src", "alt", "width", "height" }.Select(card.QuerySelector("img.cover")!.GetAttribute));
    }

    [Fact]
    public void Without_a_campaign_no_price_is_struck_out_and_there_is_no_label()
    {
        var card = Card(Plain);

        Assert.Empty(card.QuerySelectorAll("del, .badge"));
        Assert.Equal("¥199.00", card.QuerySelector(".price")!.TextContent);
    }

    [Fact]
    public void A_campaign_strikes_out_the_list_price_and_names_itself()
    {
        var card = Card(Plain with { Price = Under(CampaignKind.Percent, 8200) });

        Assert.Equal(["限时折扣", "¥163.18", "¥199.00"], card.QuerySelectorAll(".badge, .price, del").Select(Text));
    }

    [Fact]
    public void A_free_campaign_says_free_instead_of_zero()
    {
        var card = Card(Plain with { Price = Under(CampaignKind.Free) });

        Assert.Equal(["限时免费", "免费", "¥199.00"], card.QuerySelectorAll(".badge, .price, del").Select(Text));
        Assert.DoesNotContain("¥0.00", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_that_is_free_anyway_has_nothing_struck_out()
    {
        var card = Card(Plain with { ListPrice = Money.Zero, Price = new(Money.Zero, null) });

        Assert.Equal("免费", card.QuerySelector(".price.free")!.TextContent);
        Assert.Null(card.QuerySelector("del"));
    }

    [Fact]
    public void It_can_be_bought_from_the_card_unless_no_term_is_sold()
    {
        var buy = Card(Plain).QuerySelector("a[href^='/checkout']")!;

        Assert.Equal(("/checkout?course=7&term=70", "立即购买《微服务实战》"), (buy.GetAttribute("href"), buy.GetAttribute("aria-label")));
        Assert.Null(Card(Plain with { TermId = null }).QuerySelector("a[href^='/checkout']"));
    }

    [Fact]
    public void Names_are_text_and_never_markup()
    {
        var card = Card(Plain with { Title = "<script>alert(1)</script>", Teacher = "<b>x</b>" });

        Assert.Empty(card.QuerySelectorAll("script, p > b:not(.price)"));
        Assert.Equal("<script>alert(1)</script>", card.QuerySelector("h3 a")!.TextContent);
    }

    [Fact]
    public void Covers_that_are_in_sight_are_loaded_at_once_and_the_others_when_they_come_near()
    {
        var shelf = Render<CourseShelf>(parameters => parameters.Add(shelf => shelf.Courses, [.. Enumerable.Range(1, 6).Select(id => Plain with { Id = id })]));

        Assert.Equal([null, null, null, null, "lazy", "lazy"], shelf.FindAll("img").Select(cover => cover.GetAttribute("loading")));
    }

    private IElement Card(CourseCard course) => Render<CourseShelf>(parameters => parameters.Add(shelf => shelf.Courses, [course])).Find("li.card");

    private static CampaignPrice Under(CampaignKind kind, int payBasisPoints = 10_000)
    {
        var campaign = new Campaign("双十一", kind, Now.AddDays(-1), Now.AddDays(1)).Taking(payBasisPoints, Money.Zero, [], Money.Zero).On([7]);
        return CampaignPrice.Best(Money.Yuan(199), 7, [campaign], Now);
    }
}

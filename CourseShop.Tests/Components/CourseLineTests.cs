using AngleSharp.Dom;
using Bunit;
using CourseShop.Common;
using CourseShop.Components;

namespace CourseShop.Tests.Components;

public sealed class CourseLineTests : ComponentTests
{
    [Theory]
    [InlineData(null, null, "永久有效 · 原价购买")]
    [InlineData(30, null, "1个月有效 · 原价购买")]
    [InlineData(180, "双十一", "6个月有效 · 双十一")]
    [InlineData(365, null, "1年有效 · 原价购买")]
    [InlineData(10, null, "10天有效 · 原价购买")]
    public void It_tells_term_and_campaign(int? days, string? campaign, string note) => Assert.Equal(note, Text(Line(199, 199, days, campaign).QuerySelector(".note")!));

    [Fact]
    public void The_list_price_is_struck_out_only_where_it_differs()
    {
        Assert.Equal("¥163.00 ¥199.00", string.Join(' ', Line(163, 199).QuerySelectorAll(".price, del").Select(Text)));
        Assert.Equal("¥199.00", Text(Line(199, 199).QuerySelector(".cost")!));
        Assert.Equal("免费", Text(Line(0, 199).QuerySelector(".price.free")!));
    }

    [Fact]
    public void It_links_to_the_course_and_where_it_is_bought_to_learning()
    {
        Assert.Equal(["/courses/7"], Line(199, 199).QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["/courses/7", "/learn/7"], Line(199, 199, learn: "/learn/7").QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(2, "h2")]
    [InlineData(3, "h3")]
    public void Its_heading_fits_the_page(int level, string tag) => Assert.Equal("微服务实战", Text(Line(199, 199, level: level).QuerySelector(tag)!));

    private IElement Line(int price, int listPrice, int? days = null, string? campaign = null, string? learn = null, int level = 3) => Render<CourseLine>(parameters => parameters
        .Add(line => line.CourseId, 7).Add(line => line.Title, "微服务实战").Add(line => line.CoverPath, "/covers/micro.svg").Add(line => line.TermDays, days).Add(line => line.CampaignName, campaign)
        .Add(line => line.Price, Money.Yuan(price)).Add(line => line.ListPrice, Money.Yuan(listPrice)).Add(line => line.LearnPath, learn).Add(line => line.HeadingLevel, level)).Find("li");
}

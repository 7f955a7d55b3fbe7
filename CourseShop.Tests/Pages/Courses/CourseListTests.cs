using System.Net;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Courses;

public sealed class CourseListTests(ShopHost host) : IClassFixture<ShopHost>
{
    [Fact]
    public async Task Forty_eight_courses_stand_on_two_pages()
    {
        var first = await host.NewShopper().GetAsync("/courses");
        var second = await host.NewShopper().GetAsync("/courses?page=2");

        Assert.Equal(24, Titles(first).Count);
        Assert.Equal(48, Titles(first).Concat(Titles(second)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("/courses?page=2", first.Document.QuerySelector("a[rel=next]")?.GetAttribute("href"));
        Assert.Equal("/courses", second.Document.QuerySelector("a[rel=prev]")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("?page=-1", "1")]
    [InlineData("?page=9999999", "2")]
    [InlineData("?page=9999999&sort=price", "2")]
    [InlineData("?level=xyz&price=no&sort=&category=nothing", "1")]
    public async Task A_page_that_is_not_there_becomes_the_nearest(string query, string page)
    {
        var seen = await host.NewShopper().GetAsync("/courses" + query);

        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Equal(page, seen.Document.QuerySelector(".pager [aria-current=page]")?.TextContent);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("%25%25")]
    [InlineData("围棋")]
    [InlineData("' or 1=1 --")]
    public async Task A_search_takes_no_sign_for_a_wildcard(string text)
    {
        var seen = await host.NewShopper().GetAsync("/courses?q=" + Uri.EscapeDataString(text));

        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.Contains("没有找到合适的课", seen.Text, StringComparison.Ordinal);
        Assert.Equal(text, seen.Document.QuerySelector("input[name=q]")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("PYTHON", "从零开始学 Python：写出第一个能用的程序")]
    [InlineData("python 程序", "从零开始学 Python：写出第一个能用的程序")]
    [InlineData("何远山", "Linux 运维手记：一台服务器的一年")]
    public async Task A_course_is_found_by_its_name_and_by_its_teacher(string text, string title) =>
        Assert.Contains(title, Titles(await host.NewShopper().GetAsync("/courses?q=" + Uri.EscapeDataString(text))), StringComparer.Ordinal);

    [Fact]
    public async Task Category_and_level_narrow_the_list()
    {
        var seen = await host.NewShopper().GetAsync("/courses?category=data&level=beginner");

        var expected = await host.ReadAsync(db => db.Courses
            .Where(course => course.Level == CourseLevel.Beginner && db.Categories.Any(category => category.Id == course.CategoryId && category.Slug == "data"))
            .OrderBy(course => course.Position).Select(course => course.Title).ToListAsync());
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Titles(seen));
    }

    [Fact]
    public async Task Free_and_paid_share_the_courses_and_promoted_ones_cost_less_than_their_list_price()
    {
        var free = await AllAsync("price=free");
        var paid = await AllAsync("price=paid");
        var promoted = await AllAsync("price=promoted");

        Assert.Equal(48, free.Count + paid.Count);
        Assert.All(free, card => Assert.Equal(0, card.Price));
        Assert.All(paid, card => Assert.True(card.Price > 0));
        Assert.Equal(17, promoted.Count);
        Assert.All(promoted, card => Assert.True(card.Price < card.Was));
        Assert.Contains(free, card => card.Was > 0);
    }

    [Fact]
    public async Task The_order_by_price_is_that_of_the_prices_now()
    {
        var up = await AllAsync("sort=price");
        var down = await AllAsync("sort=-price");

        Assert.Equal(48, up.Count);
        Assert.Equal(up.Select(card => card.Price).Order(), up.Select(card => card.Price));
        Assert.Equal(up.Select(card => card.Price).OrderDescending(), down.Select(card => card.Price));
    }

    [Fact]
    public async Task A_campaign_shows_its_courses()
    {
        var campaign = await host.ReadAsync(db => db.Campaigns.Include(campaign => campaign.Courses).FirstAsync(campaign => campaign.Name == "安全专场满减"));

        var seen = await host.NewShopper().GetAsync($"/courses?campaign={campaign.Id}");

        Assert.Equal(campaign.Courses.Count, Titles(seen).Count);
        Assert.Contains("安全专场满减", seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_hidden_withdrawn_or_not_yet_out_is_not_for_sale()
    {
        using var shop = new ShopHost();
        await shop.WriteAsync(async db =>
        {
            var courses = await db.Courses.OrderBy(course => course.Id).Take(2).ToListAsync();
            courses[0].Hide();
            courses[1].Withdraw(shop.Clock.Now);
            db.Add(new Course("later", "下个月的课", "", CourseLevel.Beginner, courses[0].CategoryId, courses[0].TeacherId, shop.Clock.Now.AddDays(30)));
        });

        var seen = await shop.NewShopper().GetAsync("/courses");

        Assert.Contains("46 门课", seen.Text, StringComparison.Ordinal);
    }

    private async Task<List<(long Price, long Was)>> AllAsync(string query)
    {
        var cards = new List<(long, long)>();
        for (var page = 1; page <= 2; page++)
        {
            var seen = await host.NewShopper().GetAsync($"/courses?{query}&page={page}");
            if (page == 2 && seen.Document.QuerySelector(".pager") is null)
                break;
            cards.AddRange(seen.Document.QuerySelectorAll(".card .pay").Select(pay => (Fen(pay.QuerySelector(".price")!.TextContent), Fen(pay.QuerySelector("del")?.TextContent ?? "免费"))));
        }

        return cards;
    }

    private static long Fen(string price) => price == "免费" ? 0 : Money.TryParseYuan(price[1..], out var money) ? money.Fen : throw new FormatException(price);

    private static List<string> Titles(SeenPage page) => page.Document.QuerySelectorAll(".card h3").Select(title => title.TextContent).ToList();
}

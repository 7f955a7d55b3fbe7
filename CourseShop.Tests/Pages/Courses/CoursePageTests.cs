using System.Net;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Courses;

public sealed class CoursePageTests(ShopHost host) : IClassFixture<ShopHost>
{
    [Fact]
    public async Task Every_term_has_its_own_price_under_the_campaign()
    {
        var page = await host.NewShopper().GetAsync(await AddressAsync("python-from-zero"));

        Assert.Equal("¥81.18 ¥122.18 ¥163.18", Texts(page, ".terms b"));
        Assert.Equal("¥163.18", page.Document.QuerySelector(".band .price")?.TextContent);
        Assert.Equal("¥199.00", page.Document.QuerySelector(".band del")?.TextContent);
        Assert.NotNull(page.Document.QuerySelector(".band time[data-countdown]"));
        Assert.Single(page.Document.QuerySelectorAll(".terms input[checked]"));
    }

    [Fact]
    public async Task Buying_now_asks_for_the_course_and_the_chosen_term_and_nothing_else()
    {
        var shopper = host.NewShopper();
        var address = await AddressAsync("python-from-zero");
        var page = await shopper.GetAsync(address);
        var term = page.Document.QuerySelector(".terms input")!.GetAttribute("value")!;

        var answer = await shopper.SubmitAsync(page, "form.buy", new Dictionary<string, string>(StringComparer.Ordinal) { ["term"] = term }, "立即购买");

        var query = answer.Response.RequestMessage!.RequestUri!;
        Assert.Equal("/checkout", query.AbsolutePath);
        Assert.Matches("^\\?term=[0-9]+&course=[0-9]+$|^\\?course=[0-9]+&term=[0-9]+$", query.Query);
    }

    [Fact]
    public async Task A_guest_puts_a_term_into_the_cart_and_is_told()
    {
        var guest = host.NewShopper();
        var address = await AddressAsync("python-from-zero");
        var page = await guest.GetAsync(address);
        var term = page.Document.QuerySelector(".terms input")!.GetAttribute("value")!;

        var answer = await guest.SubmitAsync(page, "form.buy", new Dictionary<string, string>(StringComparer.Ordinal) { ["term"] = term }, "加入购物车");
        var after = await guest.GetAsync(answer.Location!.OriginalString);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("已加入购物车", after.Document.QuerySelector("#flash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", after.Document.QuerySelector(".masthead .count")?.TextContent);
        Assert.Equal(term, after.Document.QuerySelector(".terms input[checked]")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("999999")]
    [InlineData("x")]
    [InlineData("-1")]
    public async Task A_term_that_is_not_sold_is_refused_in_words(string term)
    {
        var guest = host.NewShopper();
        var page = await guest.GetAsync(await AddressAsync("python-from-zero"));

        var answer = await guest.SubmitAsync(page, "form.buy", new Dictionary<string, string>(StringComparer.Ordinal) { ["term"] = term }, "加入购物车");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Document.QuerySelectorAll("[role=alert]"));
    }

    [Fact]
    public async Task Adding_without_a_token_is_refused()
    {
        var answer = await host.NewShopper().PostAsync(await AddressAsync("python-from-zero") + "?handler=Add", []);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task A_free_course_is_bought_without_money()
    {
        var page = await host.NewShopper().GetAsync(await AddressAsync("git-for-daily-work"));

        Assert.Equal("免费", page.Document.QuerySelector(".band .price")?.TextContent);
        Assert.Contains("不用付款", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("¥0", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_lessons_are_open_and_the_others_are_named_only()
    {
        var address = await AddressAsync("python-from-zero");
        var page = await host.NewShopper().GetAsync(address);

        var open = page.Document.QuerySelectorAll(".outline li a");
        Assert.Equal(3, open.Length);
        Assert.All(open, link => Assert.StartsWith(address.Replace("/courses/", "/learn/", StringComparison.Ordinal) + "/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(20, page.Document.QuerySelectorAll(".outline li").Length);
        Assert.Equal(open[0].GetAttribute("href"), page.Document.QuerySelector(".buybar a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task A_permanent_owner_goes_on_learning_and_is_offered_nothing()
    {
        using var shop = new ShopHost();
        await GrantAsync(shop, "python-from-zero", null);

        var page = await (await shop.SignedInAsync()).GetAsync(await AddressAsync("python-from-zero"));

        Assert.Contains("永久有效", page.Text, StringComparison.Ordinal);
        Assert.Equal("继续学习", Texts(page, ".buybar > *"));
        Assert.Empty(page.Document.QuerySelectorAll(".terms"));
        Assert.Equal(20, page.Document.QuerySelectorAll(".outline li a").Length);
    }

    [Fact]
    public async Task An_owner_for_a_time_sees_the_end_and_may_renew()
    {
        using var shop = new ShopHost();
        var end = shop.Clock.Now.AddDays(40);
        await GrantAsync(shop, "python-from-zero", end);

        var page = await (await shop.SignedInAsync()).GetAsync(await AddressAsync("python-from-zero"));

        Assert.Contains($"有效期至 {end.ToDay()}", page.Text, StringComparison.Ordinal);
        Assert.Equal("续费 继续学习", Texts(page, ".buybar > *"));
        Assert.Equal(3, page.Document.QuerySelectorAll(".terms input").Length);
    }

    [Fact]
    public async Task Who_let_it_run_out_may_buy_again()
    {
        using var shop = new ShopHost();
        await GrantAsync(shop, "python-from-zero", shop.Clock.Now.AddDays(-1));

        var page = await (await shop.SignedInAsync()).GetAsync(await AddressAsync("python-from-zero"));

        Assert.Contains("到期", page.Text, StringComparison.Ordinal);
        Assert.Contains("立即购买", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_course_says_so_and_stays_with_its_owner()
    {
        using var shop = new ShopHost();
        await GrantAsync(shop, "python-from-zero", null);
        await shop.WriteAsync(async db => (await db.Courses.SingleAsync(course => course.Slug == "python-from-zero")).Withdraw(shop.Clock.Now));
        var address = await AddressAsync("python-from-zero");

        var stranger = await shop.NewShopper().GetAsync(address);
        var owner = await (await shop.SignedInAsync()).GetAsync(address);

        Assert.Contains("已经下架", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("立即购买", stranger.Text, StringComparison.Ordinal);
        Assert.Contains("继续学习", owner.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_course_is_found_by_its_owner_alone()
    {
        using var shop = new ShopHost();
        await GrantAsync(shop, "python-from-zero", null);
        var address = await AddressAsync("python-from-zero");
        Assert.Equal(HttpStatusCode.OK, (await shop.NewShopper().GetAsync(address)).Status); // what is shared of the page is kept from here on
        await shop.WriteAsync(async db => (await db.Courses.SingleAsync(course => course.Slug == "python-from-zero")).Hide());

        Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await shop.SignedInAsync()).GetAsync(address)).Status);
    }

    [Theory]
    [InlineData("/courses/0")]
    [InlineData("/courses/-1")]
    [InlineData("/courses/999999")]
    [InlineData("/courses/abc")]
    [InlineData("/courses/99999999999999999999")]
    [InlineData("/teachers/999999")]
    public async Task What_is_not_there_is_not_found(string address) => Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync(address)).Status);

    [Fact]
    public async Task A_teacher_is_shown_with_the_courses()
    {
        var teacher = await host.ReadAsync(db => db.Teachers.SingleAsync(teacher => teacher.Name == "何远山"));
        var courses = await host.ReadAsync(db => db.Courses.CountAsync(course => course.TeacherId == teacher.Id));

        var page = await host.NewShopper().GetAsync($"/teachers/{teacher.Id}");

        Assert.Equal("何远山", page.Document.QuerySelector("h1")?.TextContent);
        Assert.Equal(courses, page.Document.QuerySelectorAll(".card").Length);
    }

    private static string Texts(SeenPage page, string selector) => string.Join(' ', page.Document.QuerySelectorAll(selector).Select(element => element.TextContent));

    private async Task<string> AddressAsync(string slug) => $"/courses/{await host.ReadAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.Id).SingleAsync())}";

    private static async Task GrantAsync(ShopHost shop, string slug, DateTimeOffset? end)
    {
        var user = await shop.UserIdAsync("shopper");
        await shop.WriteAsync(async db =>
        {
            var course = await db.Courses.SingleAsync(course => course.Slug == slug);
            db.Add(new Enrollment(user, course.Id, EnrollmentSource.Grant, shop.Clock.Now.AddDays(-10), end));
        });
    }
}

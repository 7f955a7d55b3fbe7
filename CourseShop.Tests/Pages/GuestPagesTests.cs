using System.IO.Compression;
using CourseShop.Catalog;
using CourseShop.Tests.Support;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

public sealed class GuestPagesTests : IDisposable
{
    private readonly CountingShopHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("/", 6)]
    [InlineData("/courses", 5)]
    [InlineData("/courses?price=promoted&sort=-price&category=data", 5)]
    [InlineData("/courses?q=python", 7)]
    [InlineData("/courses/1", 8)]
    [InlineData("/teachers/1", 5)]
    [InlineData("/help", 0)]
    public async Task A_page_needs_few_statements_and_no_more_for_more_courses(string path, int most)
    {
        await _host.NewShopper().GetAsync("/about");
        _host.Statements.Taken();

        await _host.NewShopper().GetAsync(path);

        Assert.InRange(_host.Statements.Taken().Count, 0, most);
    }

    [Fact]
    public async Task A_signed_in_shopper_costs_a_few_more()
    {
        var shopper = await _host.SignedInAsync();
        await shopper.GetAsync("/courses");
        _host.Statements.Taken();

        await shopper.GetAsync("/courses");
        Assert.Empty(_host.Statements.Taken()); // nothing beside the kept questions of every page
        await shopper.GetAsync("/courses/1");
        Assert.InRange(_host.Statements.Taken().Count, 1, 8);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    [InlineData("/courses?category=data&page=1&sort=price")]
    public async Task The_second_guest_is_served_without_the_database(string path)
    {
        var first = await _host.NewShopper().GetAsync(path);
        _host.Statements.Taken();

        var second = await _host.NewShopper().GetAsync(path);

        Assert.Empty(_host.Statements.Taken());
        Assert.Equal(first.Html, second.Html);
        Assert.True(second.Response.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/courses")]
    public async Task Nobody_sees_what_is_another_persons(string path)
    {
        await _host.NewShopper().GetAsync(path);
        var shopper = await _host.SignedInAsync();
        var filled = _host.NewShopper();
        await filled.SubmitAsync(await filled.GetAsync("/courses/1"), "form.buy", button: "加入购物车");

        var own = await shopper.GetAsync(path);
        var told = await filled.GetAsync(path);
        var guest = await _host.NewShopper().GetAsync(path);

        Assert.Contains(">shopper<", own.Html, StringComparison.Ordinal);
        Assert.True(own.Response.Headers.CacheControl?.NoStore);
        Assert.Contains("已加入购物车", told.Html, StringComparison.Ordinal);
        Assert.Contains("""class="count">1<""", told.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("已加入购物车", guest.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("""class="count">""", guest.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(">shopper<", guest.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Language_theme_and_question_each_have_their_own_page()
    {
        var dark = _host.NewShopper();
        await dark.GetAsync("/preferences?theme=dark&back=/");

        var chinese = await _host.NewShopper().GetAsync("/courses", "zh-CN");
        var english = await _host.NewShopper().GetAsync("/courses", "en");
        var night = await dark.GetAsync("/courses");
        var data = await _host.NewShopper().GetAsync("/courses?category=data");

        Assert.Contains("""<html lang="zh-CN" """, chinese.Html, StringComparison.Ordinal);
        Assert.Contains("""<html lang="en" """, english.Html, StringComparison.Ordinal);
        Assert.Contains("""data-theme="dark" """.Trim(), night.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-theme=\"dark\"", chinese.Html, StringComparison.Ordinal);
        Assert.Equal(6, data.Document.QuerySelectorAll(".card").Length);
    }

    [Fact]
    public async Task An_unknown_key_neither_makes_a_page_nor_leaves_a_trace()
    {
        await _host.NewShopper().GetAsync("/courses?utm_source=spy&page=1");
        _host.Statements.Taken();

        var page = await _host.NewShopper().GetAsync("/courses?utm_source=other&page=1");

        Assert.Empty(_host.Statements.Taken());
        Assert.DoesNotContain("utm_source", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("gzip;q=1.0, br;q=0.1")]
    [InlineData("")]
    [InlineData("br;q=0, identity")]
    public async Task An_entry_is_kept_as_it_is_sent(string accepted)
    {
        var plain = (await _host.NewShopper().GetAsync("/courses")).Html;
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/courses");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

            var response = await _host.NewShopper().Client.SendAsync(request);

            var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
            await using var body = await response.Content.ReadAsStreamAsync();
            await using Stream text = encoding switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" => new GZipStream(body, CompressionMode.Decompress), _ => body };
            using var reader = new StreamReader(text);
            Assert.Equal(plain, await reader.ReadToEndAsync());
            Assert.Equal(accepted.Contains("br", StringComparison.Ordinal) && !accepted.Contains("q=0,", StringComparison.Ordinal) ? "br" : accepted.Length > 0 && accepted.Contains("gzip", StringComparison.Ordinal) ? "gzip" : null, encoding);
        }
    }

    [Fact]
    public async Task A_change_of_the_catalogue_is_seen_at_once()
    {
        await _host.NewShopper().GetAsync("/courses");
        await _host.WriteAsync(async db => (await db.Courses.SingleAsync(course => course.Slug == "python-from-zero")).Hide());

        await _host.Service<CatalogueCache>().EvictAsync(CancellationToken.None);

        Assert.Contains("47 门课", (await _host.NewShopper().GetAsync("/courses")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_not_kept_beyond_the_end_of_a_campaign()
    {
        await _host.WriteAsync(async db =>
        {
            var campaign = await db.Campaigns.OrderBy(campaign => campaign.Id).FirstAsync();
            campaign.Reschedule(_host.Clock.Now.AddDays(-1), _host.Clock.Now.AddSeconds(1));
        });

        var before = await _host.NewShopper().GetAsync("/courses");
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        _host.Clock.Advance(TimeSpan.FromSeconds(1.2));
        var after = await _host.NewShopper().GetAsync("/courses");

        Assert.True(after.Document.QuerySelectorAll(".card del").Length < before.Document.QuerySelectorAll(".card del").Length);
    }

    /// <summary>Every page that is kept, in every shape in which it is kept, walked by people of whom nothing may stay on it.</summary>
    [Fact]
    public async Task Nothing_of_anybody_is_ever_kept()
    {
        var kept = typeof(CatalogueCache).Assembly.GetTypes().Where(type => type.GetCustomAttributes(typeof(OutputCacheAttribute), inherit: false).Length > 0).Select(type => type.FullName!);
        Assert.Equal(["CourseShop.Pages.Articles.IndexModel", "CourseShop.Pages.Courses.IndexModel", "CourseShop.Pages.IndexModel"], kept.Order(StringComparer.Ordinal));
        var people = new[] { await _host.SignedInAsync(), await _host.SignedInAsync("second") };
        await people[0].SubmitAsync(await people[0].GetAsync("/courses/1"), "form.buy", button: "加入购物车");

        foreach (var path in new[] { "/", "/articles", "/courses", "/courses?category=data&level=beginner", "/courses?price=free", "/courses?price=promoted&sort=-price", "/courses?sort=newest&page=2" })
            foreach (var language in new[] { "zh-CN", "en" })
                foreach (var theme in new[] { "auto", "dark" })
                {
                    Shopper Guest() => _host.NewShopper();
                    async Task<SeenPage> LookAsync(Shopper visitor)
                    {
                        await visitor.GetAsync($"/preferences?theme={theme}&language={language}&back=/");
                        return await visitor.GetAsync(path);
                    }

                    var first = await LookAsync(Guest());
                    var seen = new List<SeenPage>();
                    foreach (var person in people)
                        seen.Add(await LookAsync(person));
                    var second = await LookAsync(Guest());

                    var shape = $"{path} {language} {theme}";
                    Assert.True(first.Html == second.Html, shape);
                    Assert.False(second.Response.Headers.Contains("Set-Cookie"), shape);
                    Assert.DoesNotContain("__RequestVerificationToken", second.Html, StringComparison.Ordinal);
                    Assert.DoesNotContain("<form method=\"post\"", second.Html, StringComparison.Ordinal);
                    Assert.DoesNotContain("class=\"count\"", second.Html, StringComparison.Ordinal);
                    Assert.Contains(">shopper<", seen[0].Html, StringComparison.Ordinal);
                    Assert.Contains("class=\"count\"", seen[0].Html, StringComparison.Ordinal);
                    Assert.Contains(">second<", seen[1].Html, StringComparison.Ordinal);
                    Assert.DoesNotContain(">shopper<", seen[1].Html + second.Html, StringComparison.Ordinal);
                    Assert.DoesNotContain(">second<", seen[0].Html + second.Html, StringComparison.Ordinal);
                    Assert.Contains($"<html lang=\"{language}\"", second.Html, StringComparison.Ordinal);
                    Assert.Equal(theme == "dark", second.Html.Contains("data-theme=\"dark\"", StringComparison.Ordinal));
                }
    }
}

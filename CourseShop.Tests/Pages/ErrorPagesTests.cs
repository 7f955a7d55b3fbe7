using System.Net;
using System.Text;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

public sealed class ErrorPagesTests(ShopHost host) : IClassFixture<ShopHost>
{
    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound, "没有找到这一页")]
    [InlineData("POST", "/nowhere", HttpStatusCode.NotFound, "没有找到这一页")]
    [InlineData("PUT", "/courses", HttpStatusCode.MethodNotAllowed, "不接受这样的请求")]
    [InlineData("DELETE", "/courses/1", HttpStatusCode.MethodNotAllowed, "不接受这样的请求")]
    [InlineData("TRACE", "/", HttpStatusCode.MethodNotAllowed, "不接受这样的请求")]
    [InlineData("GET", "/error/403", HttpStatusCode.Forbidden, "没有权限")]
    [InlineData("GET", "/error/429", HttpStatusCode.TooManyRequests, "太快")]
    [InlineData("GET", "/error/200", HttpStatusCode.NotFound, "没有找到这一页")]
    [InlineData("POST", "/courses/1?handler=Add", HttpStatusCode.BadRequest, "没有看懂")]
    public async Task What_cannot_be_done_is_said_on_a_page_of_the_shop(string method, string path, HttpStatusCode status, string words)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await host.NewShopper().Client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "a=b")]
    public async Task A_form_of_another_kind_is_refused_on_a_page_too(string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/courses/1?handler=Add") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await host.NewShopper().Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("没有看懂", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_its_number_and_nothing_of_its_inside()
    {
        using var shop = new ShopHost();
        await shop.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Teachers RENAME TO Gone"));

        var page = await shop.NewShopper().GetAsync("/courses");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Matches("出了点问题.*编号 [0-9A-Za-z:]{8,}", page.Text.ReplaceLineEndings(""));
        Assert.DoesNotContain("Exception", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Teachers", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_fails_is_answered_with_the_same_page()
    {
        using var shop = new ShopHost();
        var guest = shop.NewShopper();
        var page = await guest.GetAsync("/courses/1");
        await shop.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE AccessTerms RENAME TO Gone"));

        var answer = await guest.SubmitAsync(page, "form.buy", button: "加入购物车");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains("出了点问题", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_of_a_missing_page_can_be_changed_without_leaving_it()
    {
        var page = await host.NewShopper().GetAsync("/nowhere?x=1");

        Assert.Contains("back=%2Fnowhere", page.Html, StringComparison.Ordinal);
    }
}

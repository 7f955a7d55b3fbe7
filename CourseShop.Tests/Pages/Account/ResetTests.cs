using System.Net;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Account;

public sealed class ResetTests : IDisposable
{
    private const string NewOne = "a new and longer one";

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task The_first_administrator_chooses_a_password_by_the_printed_link()
    {
        await DismissAdministratorsAsync();

        var link = (await MakeAsync("掌柜")).Value!;
        var set = await ChooseAsync(link, NewOne);

        Assert.Equal(HttpStatusCode.Redirect, set.Status);
        var person = _shop.NewShopper();
        await person.SignInAsync("掌柜", NewOne);
        Assert.Contains("/admin", (await person.GetAsync("/account")).Html, StringComparison.Ordinal);
        Assert.Contains("已经有管理员了", (await MakeAsync("另一位")).Refusal!.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_there_is_an_administrator_no_other_is_made()
    {
        Assert.NotNull((await MakeAsync("intruder")).Refusal);
        Assert.False(await _shop.ReadAsync(db => db.Users.AnyAsync(user => user.UserName == "intruder")));
    }

    [Fact]
    public async Task A_link_works_once_and_for_an_hour()
    {
        var (first, second) = (await LinkAsync("shopper"), await LinkAsync("second"));

        Assert.Equal(HttpStatusCode.Redirect, (await ChooseAsync(first, NewOne)).Status);
        Assert.Contains("已经用过或已过期", (await ChooseAsync(first, "yet another one")).Text, StringComparison.Ordinal);
        Assert.Contains("已经用过或已过期", (await ChooseAsync(second.Replace("user=second", "user=shopper", StringComparison.Ordinal), NewOne)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_twenty_who_use_one_link_at_once_one_succeeds()
    {
        var link = await LinkAsync("shopper");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => ChooseAsync(link, $"password number {turn}")));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Redirect));
        Assert.Equal(19, answers.Count(answer => answer.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_new_password_ends_every_session_and_the_lock()
    {
        var elsewhere = await _shop.SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/account")).Status);

        await ChooseAsync(await LinkAsync("shopper"), NewOne);

        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/account")).Status);
        await _shop.NewShopper().SignInAsync("shopper", NewOne);
    }

    [Theory]
    [InlineData("/account/reset")]
    [InlineData("/account/reset?user=shopper&token=%00%ff")]
    [InlineData("/account/reset?user=&token=x")]
    [InlineData("/account/reset?user=a&user=b&token=x&token=y")]
    public async Task A_broken_link_shows_a_page(string path) => Assert.Equal(HttpStatusCode.OK, (await _shop.NewShopper().GetAsync(path)).Status);

    [Theory]
    [InlineData("shopper", "not-base64!!")]
    [InlineData("shopper", "AAAA")]
    [InlineData("nobody-here", "AAAA")]
    public async Task A_made_up_link_sets_nothing(string user, string token)
    {
        var answer = await ChooseAsync($"https://shop/account/reset?user={user}&token={token}", NewOne);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("已经用过或已过期", answer.Text, StringComparison.Ordinal);
    }

    private Task<Outcome<string>> MakeAsync(string name) =>
        _shop.InScopeAsync<MakeAdministrator, Outcome<string>>(make => make.RunAsync(UserName.Read(name).Value!, CancellationToken.None));

    private Task<string> LinkAsync(string name) => _shop.InScopeAsync<IServiceProvider, string>(async services =>
    {
        var user = await ((ShopDb)services.GetService(typeof(ShopDb))!).Users.SingleAsync(user => user.UserName == name);
        return await ((PasswordLinks)services.GetService(typeof(PasswordLinks))!).MakeAsync(user);
    });

    private async Task<SeenPage> ChooseAsync(string link, string password)
    {
        var person = _shop.NewShopper();
        var page = await person.GetAsync(new Uri(link).PathAndQuery);
        return await person.SubmitAsync(page, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Password"] = password });
    }

    private Task DismissAdministratorsAsync() => _shop.WriteAsync(async db => db.UserRoles.RemoveRange(await db.UserRoles.ToListAsync()));
}

using System.Net;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Account;

public sealed class SignUpTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Who_signs_up_is_signed_in_and_goes_on_where_they_wanted_to_go()
    {
        var person = _shop.NewShopper();

        var answer = await TryAsync(person, "张三", "zhang@example.com", at: "/account/sign-up?returnUrl=%2Fcart");

        Assert.Equal("/cart", answer.Location?.OriginalString);
        Assert.Contains("张三", (await person.GetAsync("/")).Html, StringComparison.Ordinal);
        await _shop.NewShopper().SignInAsync("ZHANG@example.com", Password);
        await _shop.NewShopper().SignInAsync("张三", Password);
    }

    [Fact]
    public async Task A_taken_name_is_said_beside_the_field()
    {
        var answer = await TryAsync(_shop.NewShopper(), "ＳHopper", "");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("已经有人用了", answer.Document.QuerySelector("#name-error")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_address_is_not_told_and_stays_with_its_owner()
    {
        var free = await TryAsync(_shop.NewShopper(), "newcomer1", "free@example.com");
        var taken = await TryAsync(_shop.NewShopper(), "newcomer2", "SHOPPER@example.com");

        Assert.Equal((free.Status, free.Location), (taken.Status, taken.Location));
        Assert.Equal("shopper", await _shop.ReadAsync(db => db.Users.Where(user => user.NormalizedEmail == "SHOPPER@EXAMPLE.COM").Select(user => user.UserName).SingleAsync()));
        Assert.Null(await _shop.ReadAsync(db => db.Users.Where(user => user.UserName == "newcomer2").Select(user => user.Email).SingleAsync()));
    }

    [Fact]
    public async Task Twenty_who_want_one_name_at_once_make_one_account()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => TryAsync(_shop.NewShopper(), turn % 2 == 0 ? "racer" : "ＲＡＣＥＲ", "")));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Redirect));
        Assert.Equal(19, answers.Count(answer => answer.Html.Contains("已经有人用了", StringComparison.Ordinal)));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Users.CountAsync(user => user.NormalizedUserName == "RACER")));
    }

    [Fact]
    public async Task Twenty_who_give_one_address_at_once_share_it_with_nobody()
    {
        string[] spellings = ["race@example.com", "RACE@Example.COM", "ｒａｃｅ@example.com", " race@example.com"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => TryAsync(_shop.NewShopper(), $"runner-{turn}", spellings[turn % spellings.Length])));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Users.CountAsync(user => user.NormalizedEmail == "RACE@EXAMPLE.COM")));
    }

    [Theory]
    [InlineData("13800138000", "", Password, "#name-error")]
    [InlineData("a@b.com", "", Password, "#name-error")]
    [InlineData("张\u202e三", "", Password, "#name-error")]
    [InlineData("", "", Password, "#name-error")]
    [InlineData("somebody", "not-an-address", Password, "#email-error")]
    [InlineData("somebody", "", "short", "#password-error")]
    [InlineData("somebody", "", "password123", "#password-error")]
    [InlineData("somebody-new", "", "Somebody-New", "#password-error")]
    public async Task What_will_not_do_is_said_beside_its_field(string name, string email, string password, string beside)
    {
        var answer = await TryAsync(_shop.NewShopper(), name, email, password);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEmpty(answer.Document.QuerySelector(beside)!.TextContent);
        Assert.Equal(1, answer.Document.QuerySelectorAll("[aria-invalid]").Length);
    }

    private static async Task<SeenPage> TryAsync(Shopper person, string name, string email, string password = Password, string at = "/account/sign-up")
    {
        var page = await person.GetAsync(at);
        return await person.SubmitAsync(page, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Email"] = email, ["Password"] = password });
    }
}

using System.Net;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Account;

public sealed class AccountRoomsTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/coupons")]
    [InlineData("/account/credits")]
    public async Task A_guest_is_led_to_the_door_and_back(string path)
    {
        var answer = await _shop.NewShopper().GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.EndsWith($"/account/sign-in?returnUrl={Uri.EscapeDataString(path)}", answer.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account/coupons")]
    [InlineData("/account/coupons?state=used")]
    [InlineData("/account/coupons?state=expired")]
    [InlineData("/account/coupons?state=%00nonsense&state=used")]
    [InlineData("/account/credits")]
    [InlineData("/account/credits?after=1")]
    [InlineData("/account/credits?after=-5")]
    [InlineData("/account/credits?after=99999999999999999999")]
    [InlineData("/account/credits?after=abc")]
    [InlineData("/coupons?id=abc")]
    public async Task Whatever_is_asked_a_page_comes(string path)
    {
        var answer = await (await _shop.SignedInAsync()).GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Everybody_sees_their_own_coupons_and_credits_only()
    {
        var (mine, theirs) = (await _shop.SignedInAsync("shopper"), await _shop.SignedInAsync("support"));

        Assert.NotEmpty((await mine.GetAsync("/account/coupons")).Document.QuerySelectorAll(".coupon"));
        Assert.Empty((await theirs.GetAsync("/account/coupons")).Document.QuerySelectorAll(".coupon"));
        Assert.Contains("3,000", (await mine.GetAsync("/account/credits")).Text, StringComparison.Ordinal);
        Assert.Empty((await theirs.GetAsync("/account/credits")).Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task The_ledger_shows_what_was_there_after_each_row_over_all_pages()
    {
        var me = await _shop.UserIdAsync("second");
        await _shop.WriteAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 45).Select(turn => new CreditEntry(me, turn % 3 == 0 ? -10 : 20, CreditKind.Granted, $"test:{turn}", null, _shop.Clock.Now)));
            return Task.CompletedTask;
        });
        var person = await _shop.SignedInAsync("second");

        var rows = new List<(int Amount, int Balance)>();
        for (var path = "/account/credits"; path is not null;)
        {
            var page = await person.GetAsync(path);
            rows.AddRange(page.Document.QuerySelectorAll("tbody tr").Select(row => (Number(row.Children[3].TextContent), Number(row.Children[4].TextContent))));
            path = page.Document.QuerySelector(".pager a[href*=after]")?.GetAttribute("href");
        }

        Assert.Equal(46, rows.Count);
        Assert.Equal(500 + (30 * 20) - (15 * 10), rows[0].Balance);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.Second.Balance + pair.First.Amount, pair.First.Balance));
        Assert.Equal(rows[^1].Amount, rows[^1].Balance);
    }

    [Fact]
    public async Task A_held_coupon_is_shown_with_the_order_that_holds_it()
    {
        var me = await _shop.UserIdAsync("shopper");
        await _shop.WriteAsync(async db => (await db.IssuedCoupons.FirstAsync(issued => issued.UserId == me)).HoldFor("202611200000000001"));

        var page = await (await _shop.SignedInAsync()).GetAsync("/account/coupons");

        Assert.Contains("已用于待支付订单", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("a[href='/orders/202611200000000001']"));
    }

    [Fact]
    public async Task A_code_that_will_not_do_is_said_beside_its_field()
    {
        var person = await _shop.SignedInAsync();
        var page = await person.GetAsync("/account/coupons");

        var answer = await person.SubmitAsync(page, "form:has(#code)", new Dictionary<string, string>(StringComparer.Ordinal) { ["Code"] = "NO-SUCH-CODE" });

        Assert.Equal("兑换码不对，请检查", answer.Document.QuerySelector("#code-error")!.TextContent);
    }

    [Fact]
    public async Task A_coupon_is_claimed_in_the_coupon_centre_and_lies_in_the_account()
    {
        var person = await _shop.SignedInAsync("support");
        var once = await _shop.ReadAsync(db => db.Coupons.Offered(_shop.Clock.Now).Where(coupon => coupon.PerUserLimit == 1).Select(coupon => coupon.Id).FirstAsync());
        var centre = await person.GetAsync("/coupons");

        var claimed = await person.SubmitAsync(centre, $"form.coupon:has([value='{once}'])", button: "领取");
        var again = await person.SubmitAsync(centre, $"form.coupon:has([value='{once}'])", button: "领取");

        Assert.Equal("/coupons", claimed.Location?.OriginalString);
        Assert.Contains("已经领取过", again.Text, StringComparison.Ordinal);
        Assert.Single((await person.GetAsync("/account/coupons")).Document.QuerySelectorAll(".coupon"));
    }

    [Fact]
    public async Task A_guest_sees_the_coupons_and_is_asked_to_sign_in_for_one()
    {
        var guest = _shop.NewShopper();

        var centre = await guest.GetAsync("/coupons");

        Assert.NotEmpty(centre.Document.QuerySelectorAll(".coupon a[href='/account/sign-in?returnUrl=%2Fcoupons']"));
        Assert.Empty(centre.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Signing_out_by_the_menu_works()
    {
        var person = await _shop.SignedInAsync();

        var left = await person.SubmitAsync(await person.GetAsync("/account"), ".menu form");

        Assert.Equal("/", left.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account")).Status);
    }

    private static int Number(string text) => int.Parse(text.Replace('−', '-').Replace(",", "", StringComparison.Ordinal).TrimStart('+'), System.Globalization.CultureInfo.InvariantCulture);
}

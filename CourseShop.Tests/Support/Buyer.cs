using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>Somebody who buys, step by step, through the shop's own pages; and Alipay's part in it.</summary>
public static class Buyer
{
    /// <summary>A course with a price, no campaign and a permanent term, as the list shows it first.</summary>
    public static Task<long> PlainCourseAsync(this ShopHost host, int skip = 0, int minimumYuan = 50) => host.ReadAsync(db =>
        db.Courses.Where(course => course.ListPrice >= Money.Yuan(minimumYuan) && course.MaxCredits > 0 && course.Terms.Count == 1 && !db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id))
            .OrderBy(course => course.Id).Skip(skip).Select(course => course.Id).FirstAsync());

    public static Task<long> FreeCourseAsync(this ShopHost host) => host.ReadAsync(db =>
        db.Courses.Where(course => course.ListPrice == Money.Zero).OrderBy(course => course.Id).Select(course => course.Id).FirstAsync());

    public static async Task<SeenPage> GetCoursePageAsync(this ShopHost host, Shopper shopper) => await shopper.GetAsync($"/courses/{await host.PlainCourseAsync()}");

    public static async Task AddToCartAsync(this Shopper shopper, long courseId)
    {
        var page = await shopper.GetAsync($"/courses/{courseId}");
        var answer = await shopper.SubmitAsync(page, "form.buy", button: "加入购物车");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
    }

    /// <summary>The confirm page of 立即购买, without any coupon chosen.</summary>
    public static async Task<SeenPage> ConfirmAsync(this Shopper shopper, long courseId) => await shopper.ChooseAsync(await shopper.GetAsync($"/checkout?course={courseId}"), coupon: "", credits: "0");

    public static Task<SeenPage> ChooseAsync(this Shopper shopper, SeenPage confirm, string? coupon = null, string? credits = null)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (coupon is not null)
            fields["Coupon"] = coupon;
        if (credits is not null)
            fields["Credits"] = credits;
        return shopper.SubmitAsync(confirm, "main form", fields, button: "重新计算");
    }

    public static Task<SeenPage> PlaceAsync(this Shopper shopper, SeenPage confirm) => shopper.SubmitAsync(confirm, "main form", button: "提交订单");

    /// <summary>Buys one course up to the cashier and yields the order's number.</summary>
    public static async Task<string> OrderAsync(this Shopper shopper, long courseId, string coupon = "", string credits = "0")
    {
        var confirm = await shopper.ChooseAsync(await shopper.GetAsync($"/checkout?course={courseId}"), coupon, credits);
        var placed = await shopper.PlaceAsync(confirm);
        Assert.True(placed.Status == HttpStatusCode.Redirect, placed.Text);
        return placed.Location!.OriginalString.Split('/')[2];
    }

    /// <summary>去支付: the attempt is open at Alipay from here on.</summary>
    public static async Task<SeenPage> OpenPaymentAsync(this Shopper shopper, string number) =>
        await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form.buybar", button: "去支付");

    /// <summary>The buyer pays at Alipay: from now on its gateway says so. Yields the trade's number.</summary>
    public static async Task<string> PayAtAlipayAsync(this ShopHost host, string outTradeNo, Money? amount = null)
    {
        var asked = amount ?? await host.ReadAsync(db => db.Payments.Where(payment => payment.OutTradeNo == outTradeNo && !payment.IsExtra).Select(payment => payment.Amount).SingleAsync());
        var tradeNo = $"{host.Clock.Now.ToBeijing().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}22001{Random.Shared.NextInt64(100_000_000_000_000, 999_999_999_999_999)}";
        host.Alipay.Trades[outTradeNo] = new FakeTrade(tradeNo, asked, "TRADE_SUCCESS", host.Clock.Now);
        return tradeNo;
    }

    /// <summary>Alipay's server posts a notification; yields the shop's answer.</summary>
    public static async Task<string> NotifyAsync(this ShopHost host, string body)
    {
        using var client = host.CreateClient();
        using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        var answer = await client.PostAsync("/payments/alipay/notify", content);
        return await answer.Content.ReadAsStringAsync();
    }

    public static Task<OrderStatus> StatusAsync(this ShopHost host, string number) =>
        host.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Status).SingleAsync());

    public static async Task<int> SweepAsync(this ShopHost host) =>
        await host.InScopeAsync<CloseUnpaidOrders, int>(sweep => sweep.RunAsync(CancellationToken.None)) + await host.InScopeAsync<CloseUnpaidPayments, int>(sweep => sweep.RunAsync(CancellationToken.None));

    public static Task<int> SendRefundsAsync(this ShopHost host) => host.InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None));

    public static Task<long> CreditsAsync(this ShopHost host, long userId) =>
        host.ReadAsync(db => db.CreditEntries.Where(entry => entry.UserId == userId).SumAsync(entry => (long)entry.Amount));

    /// <summary>The value of the first usable coupon on a confirm page.</summary>
    public static string FirstCoupon(this SeenPage confirm) =>
        confirm.Document.QuerySelectorAll("input[name=Coupon]").OfType<IHtmlInputElement>().First(input => input.Value.Length > 0).Value;
}

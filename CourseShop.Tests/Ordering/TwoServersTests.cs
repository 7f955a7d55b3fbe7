using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>The races that two processes on one database can lose, run by two processes.</summary>
public sealed class TwoServersTests(TwoServers servers) : IClassFixture<TwoServers>
{
    [Fact]
    public async Task A_hundred_due_orders_are_ended_once_by_two_sweepers()
    {
        var courses = await ReadAsync(db => db.Courses.Where(course => course.ListPrice > Money.Yuan(20) && !db.Campaigns.Any(campaign => campaign.Kind == CampaignKind.Free && campaign.Courses.Any(free => free.CourseId == course.Id))).OrderBy(course => course.Id).Select(course => course.Id).Take(34).ToListAsync());
        var people = await Task.WhenAll(servers.SignedInAsync("author"), servers.SignedInAsync("editor"), servers.SignedInAsync("support"));
        var numbers = (await Task.WhenAll(people.Select(async person =>
        {
            var mine = new List<string>();
            foreach (var course in courses)
                mine.Add(await OrderAsync(person.Here, course, isOpened: mine.Count % 2 == 0));
            return mine;
        }))).SelectMany(mine => mine).ToList();

        await MakeDueAsync(numbers);
        await EndsAsync(numbers);

        Assert.True(numbers.Count > 100, "so many are due");
        Assert.Equal(numbers.Count, await ReadAsync(db => db.Orders.CountAsync(order => numbers.Contains(order.Number) && order.Status == OrderStatus.TimedOut)));
        Assert.Equal(numbers.Count, await ReadAsync(db => db.OrderEvents.CountAsync(step => step.Kind == OrderEventKind.TimedOut && db.Orders.Any(order => order.Id == step.OrderId && numbers.Contains(order.Number)))));
        await ShopFile.AssertHoldsAsync(servers.DataFolder);
    }

    [Fact]
    public async Task One_notification_sent_to_both_settles_once()
    {
        var person = await servers.SignedInAsync("admin");
        var number = await OrderAsync(person.Here, await PlainCourseAsync(0), isOpened: true);
        var total = await ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Total).SingleAsync());
        var body = SignedByTheSimulator(FakeAlipay.Notification(number, "2026112022001400000000000077", total, appId: SimulatorKeys.AppId, sellerId: SimulatorKeys.SellerId));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(turn => NotifyAsync(turn % 2 == 0 ? person.Here : person.There, body)));

        Assert.All(answers, answer => Assert.Equal("success", answer));
        Assert.Equal(OrderStatus.Paid, await ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Status).SingleAsync()));
        Assert.Equal(1, await ReadAsync(db => db.PaymentNotifications.CountAsync(news => news.OutTradeNo == number)));
        Assert.Equal(1, await ReadAsync(db => db.Payments.CountAsync(payment => payment.PurposeNumber == number)));
        await ShopFile.AssertHoldsAsync(servers.DataFolder);
    }

    [Fact]
    public async Task Payment_cancel_poll_and_sweep_at_both_have_one_end_and_lose_no_money()
    {
        var person = await servers.SignedInAsync("finance");
        foreach (var round in Enumerable.Range(0, 6))
        {
            var number = await OrderAsync(person.Here, await PlainCourseAsync(round + 1), isOpened: false);
            var cashier = await person.Here.FollowAsync((await person.Here.OpenPaymentAsync(number)).Location!.OriginalString);
            var shop = await person.There.GetAsync($"/orders/{number}/pay");

            await Task.WhenAll(
                person.Here.SubmitAsync(cashier, "form[action*=Pay]", button: "付款"),
                person.There.SubmitAsync(shop, "form[action$=cancel]"),
                person.Here.SubmitAsync(shop, "form.buybar", button: "我已完成支付"),
                person.There.SubmitAsync(shop, "form.buybar", button: "我已完成支付"),
                round % 2 == 0 ? MakeDueAsync([number]) : Task.CompletedTask);
            await MakeDueAsync([number]); // what nobody ended, the sweepers do
            await EndsAsync([number]);

            var isPaidThere = WasPaid(number);
            Assert.Equal(isPaidThere, await ReadAsync(db => db.Payments.AnyAsync(payment => payment.PurposeNumber == number && payment.TradeNo != null)));
            Assert.Equal(isPaidThere, await ReadAsync(db => db.Orders.AnyAsync(order => order.Number == number && order.Status == OrderStatus.Paid)));
        }

        await ShopFile.AssertHoldsAsync(servers.DataFolder);
    }

    [Fact]
    public async Task One_coupon_and_one_form_at_both_count_once()
    {
        var person = await servers.SignedInAsync("shopper");
        var courses = await Task.WhenAll(Enumerable.Range(0, 10).Select(PlainCourseAsync));
        var coupon = (await person.Here.GetAsync($"/checkout?course={courses[0]}")).FirstCoupon();
        var pages = await Task.WhenAll(courses.Select(async course => await person.Here.ChooseAsync(await person.Here.GetAsync($"/checkout?course={course}"), coupon)));

        var answers = await Task.WhenAll(pages.SelectMany(page => new[] { person.Here.PlaceAsync(page), person.There.PlaceAsync(page) }));

        Assert.All(answers, answer => Assert.True((int)answer.Status < 500, answer.Text));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Redirect).Select(answer => answer.Location!.OriginalString).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await ReadAsync(db => db.IssuedCoupons.CountAsync(issued => issued.Status == IssuedCouponStatus.Held && issued.Id == long.Parse(coupon, CultureInfo.InvariantCulture))));
        await ShopFile.AssertHoldsAsync(servers.DataFolder);
    }

    private Task<T> ReadAsync<T>(Func<ShopDb, Task<T>> read) => ShopFile.ReadAsync(servers.DataFolder, read);

    private Task<long> PlainCourseAsync(int skip) => ReadAsync(db =>
        db.Courses.Where(course => course.ListPrice >= Money.Yuan(50) && course.Terms.Count == 1 && !db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id))
            .OrderBy(course => course.Id).Skip(skip).Select(course => course.Id).FirstAsync());

    private static async Task<string> OrderAsync(Shopper person, long course, bool isOpened)
    {
        var number = await person.OrderAsync(course);
        if (isOpened)
            await person.FollowAsync((await person.OpenPaymentAsync(number)).Location!.OriginalString);
        return number;
    }

    private Task<int> MakeDueAsync(IEnumerable<string> numbers) => ShopFile.ExecuteAsync(servers.DataFolder,
        $"UPDATE \"Orders\" SET \"PayBy\" = {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} WHERE \"Status\" = 0 AND \"Number\" IN ('{string.Join("','", numbers)}')");

    /// <summary>The sweepers of both come by once a second.</summary>
    private Task EndsAsync(IReadOnlyCollection<string> numbers) => Patience.UntilAsync("an order that is due was not ended",
        async () => !await ReadAsync(db => db.Orders.AnyAsync(order => order.Status == OrderStatus.AwaitingPayment && numbers.Contains(order.Number))));

    /// <summary>What the simulator's own books say.</summary>
    private bool WasPaid(string number)
    {
        using var books = new SimulatorStore(Path.Combine(servers.DataFolder, "simulator", "trades.db"));
        return books.FindTrade("", number)?.PaidAt is not null;
    }

    private static async Task<string> NotifyAsync(Shopper anybody, string body)
    {
        using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
        return await (await anybody.Client.PostAsync("/payments/alipay/notify", content)).Content.ReadAsStringAsync();
    }

    private string SignedByTheSimulator(string body)
    {
        var fields = HttpUtility.ParseQueryString(body);
        var names = fields.AllKeys.OfType<string>().Where(name => name is not "sign" and not "sign_type").Order(StringComparer.Ordinal).ToList();
        var sign = new SimulatorKeys(Path.Combine(servers.DataFolder, "simulator")).Sign(string.Join('&', names.Select(name => $"{name}={fields[name]}")), Encoding.UTF8);
        return string.Join('&', names.Select(name => $"{name}={Uri.EscapeDataString(fields[name]!)}").Append("sign_type=RSA2").Append($"sign={Uri.EscapeDataString(sign)}"));
    }
}

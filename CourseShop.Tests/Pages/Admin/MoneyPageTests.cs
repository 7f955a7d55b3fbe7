using System.Net;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pages.Admin;

public sealed class MoneyPageTests(LivelyShop shop) : IClassFixture<LivelyShop>
{
    [Theory]
    [InlineData("second")]
    [InlineData("R:second")]
    [InlineData("R:whole")]
    [InlineData("R:asked")]
    [InlineData("trade-second")]
    [InlineData("trade-secondagain")]
    public async Task Any_number_leads_to_the_whole_story(string name)
    {
        var page = await PageAsync(shop.Numbers.TryGetValue(name, out var number) ? number : name);

        var order = shop.Numbers[name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("trade-", "", StringComparison.Ordinal).Replace("again", "", StringComparison.Ordinal)];
        Assert.Contains("收到", page.Document.QuerySelector(".sentence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(order, page.Document.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_row_tells_attempts_notifications_refunds_and_steps_newest_last()
    {
        var page = await PageAsync(shop.Numbers["second"]);
        var rows = page.Document.QuerySelectorAll(".moments tbody tr").Select(row => row.TextContent).ToList();

        var times = page.Document.QuerySelectorAll(".moments tbody td:first-child").Select(cell => cell.TextContent).ToList();
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
        foreach (var told in new[] { "付款单，应收", "收到付款，由通知得知 · 已入账", "重复付款", "要退", "已原路退回，问过 1 次", "开通“", shop.Numbers["R:second"] })
            Assert.Contains(rows, row => row.Contains(told, StringComparison.Ordinal));
        Assert.Contains("trade_status=TRADE_SUCCESS", page.Document.QuerySelector("details pre")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credits_and_access_come_and_go_in_it()
    {
        var rows = (await PageAsync(shop.Numbers["whole"])).Document.QuerySelectorAll(".moments tbody tr").Select(row => row.TextContent).ToList();

        foreach (var told in new[] { "−40 积分", "+40 积分", "开通“", "收回“", "退款完成" })
            Assert.Contains(rows, row => row.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_gateway_was_asked_is_told_apart_from_what_it_said_by_itself() =>
        Assert.Contains("收到付款，由查询得知", (await PageAsync(shop.Numbers["queried"])).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_forged_notification_is_marked_and_changes_no_word_of_the_sentence()
    {
        var before = (await PageAsync(shop.Numbers["waiting"])).Document.QuerySelector(".sentence")!.TextContent;
        await shop.Host.NotifyAsync($"out_trade_no={shop.Numbers["waiting"]}&trade_status=TRADE_SUCCESS&sign_type=RSA2&sign=Zm9yZ2Vk");

        var page = await PageAsync(shop.Numbers["waiting"]);

        Assert.Equal(before, page.Document.QuerySelector(".sentence")!.TextContent);
        Assert.Contains("验签失败，内容一个字也不信", page.Document.QuerySelector("tr:has(.badge.bad)")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_nobody_is_met_with_help_and_what_only_alipay_knows_is_shown()
    {
        var nothing = await PageAsync("20990101000000000000000");
        await shop.Host.NotifyAsync(FakeAlipay.Notification("20260101000000", "t3", new(100)));
        var strange = await PageAsync("20260101000000");
        var empty = await PageAsync("");

        Assert.Contains("没有找到 20990101000000000000000", nothing.Text, StringComparison.Ordinal);
        Assert.NotNull(nothing.Document.QuerySelector("a[href='/admin/orders?q=20990101000000000000000']"));
        Assert.Contains("只有支付宝的通知或账单提到过它", strange.Text, StringComparison.Ordinal);
        Assert.Single(strange.Document.QuerySelectorAll(".moments tbody tr"));
        Assert.Null(empty.Document.QuerySelector(".moments"));
    }

    [Fact]
    public async Task The_bill_of_a_finished_reconciliation_is_part_of_it_and_that_of_an_unfinished_one_is_not()
    {
        var day = shop.Host.Clock.Now.AddDays(-2).BeijingDay();
        await ImportAsync(day, isFinished: true, shop.Numbers["credits"], "20260101000099");
        await ImportAsync(day.AddDays(1), isFinished: false, shop.Numbers["coupon"]);

        Assert.Contains("支付宝账单上的收款", (await PageAsync(shop.Numbers["credits"])).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("支付宝账单上的收款", (await PageAsync(shop.Numbers["coupon"])).Text, StringComparison.Ordinal);
        Assert.Contains("支付宝账单上的收款", (await PageAsync("20260101000099")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_one_step_away_from_orders_and_payments()
    {
        var staff = await shop.Host.SignedInAsync("support");

        var order = await staff.GetAsync($"/admin/orders/{shop.Numbers["paid"]}");
        var payments = await staff.GetAsync("/admin/payments");

        Assert.NotNull(order.Document.QuerySelector($"main a[href='/admin/money?q={shop.Numbers["paid"]}']"));
        Assert.NotNull(payments.Document.QuerySelector("main td a[href^='/admin/money?q=']"));
        Assert.NotNull(payments.Document.QuerySelector(".side a[href='/admin/money']"));
    }

    private Task ImportAsync(DateOnly day, bool isFinished, params string[] numbers) => shop.Host.WriteAsync(async db =>
    {
        var run = Reconciliation.Ask(PaymentChannel.Alipay, day, null, shop.Host.Clock.Now);
        db.Add(run);
        await db.SaveChangesAsync();
        run.Begin(shop.Host.Clock.Now);
        db.AddRange(numbers.Select((number, at) => BillLine.Of(run.Id, at + 1, new BillEntry(BillEntryKind.Payment, $"bill-{number}", number, null, Money.Yuan(1), Money.Zero, shop.Host.Clock.Now))));
        if (isFinished)
            run.Finish(DaySums.None, DaySums.None, true, shop.Host.Clock.Now);
    });

    private async Task<SeenPage> PageAsync(string number)
    {
        var page = await (await shop.Host.SignedInAsync("support")).GetAsync($"/admin/money?q={Uri.EscapeDataString(number)}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }
}

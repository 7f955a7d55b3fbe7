using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments;

/// <summary>While Alipay has a bad day no page waits for it, nothing is guessed, and everything is asked again, less and less often, until it is known.</summary>
public sealed class BadGatewayTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Every_page_answers_while_the_gateway_hangs()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await OpenedOrderAsync(shopper);
        var cashier = await shopper.GetAsync($"/orders/{number}/pay");
        _shop.Alipay.Mood = AlipayMood.Slow;

        var pages = await Task.WhenAll(
            shopper.SubmitAsync(cashier, "form.buybar", button: "去支付"),
            shopper.SubmitAsync(cashier, "form.buybar", button: "我已完成支付"),
            shopper.SubmitAsync(cashier, "form[action$=cancel]"),
            shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, "2026112022001400000000000001", await TotalAsync(number))),
            shopper.GetAsync($"/orders/{number}/result"));
        var stillHanging = _shop.Alipay.Hanging;

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.OK], pages.Select(page => page.Status));
        Assert.Equal(4, stillHanging);
        Assert.Contains("暂未收到您的付款", pages[4].Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(AlipayMood.Down)]
    [InlineData(AlipayMood.Unreachable)]
    [InlineData(AlipayMood.Garbage)]
    [InlineData(AlipayMood.Truncated)]
    [InlineData(AlipayMood.Unsigned)]
    [InlineData(AlipayMood.UnsignedError)]
    [InlineData(AlipayMood.Forged)]
    [InlineData(AlipayMood.Redirecting)]
    [InlineData(AlipayMood.WrongTrade)]
    [InlineData(AlipayMood.Busy)]
    public async Task A_return_and_its_result_guess_nothing_and_are_right_when_it_is_well_again(AlipayMood mood)
    {
        var shopper = await _shop.SignedInAsync();
        var number = await OpenedOrderAsync(shopper);
        var back = "/payments/alipay/return" + FakeAlipay.Return(number, await _shop.PayAtAlipayAsync(number), await TotalAsync(number));
        _shop.Alipay.Mood = mood;

        var meanwhile = await shopper.FollowAsync(back);
        var state = await _shop.StatusAsync(number);
        _shop.Alipay.Mood = AlipayMood.Well;
        var afterwards = await shopper.FollowAsync(back);

        Assert.Contains("暂未收到您的付款", meanwhile.Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.AwaitingPayment, state);
        Assert.Contains("您已成功购买 1 门课程", afterwards.Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(false, OrderStatus.TimedOut)]
    [InlineData(true, OrderStatus.Paid)]
    public async Task An_overdue_order_is_asked_about_less_and_less_often_until_the_answer_is_known(bool isPaid, OrderStatus expected)
    {
        var number = await OpenedOrderAsync(await _shop.SignedInAsync());
        if (isPaid)
            await _shop.PayAtAlipayAsync(number);
        _shop.Alipay.Mood = AlipayMood.Down;
        _shop.Clock.Advance(TimeSpan.FromMinutes(15));

        var waits = await WaitsAsync(TimeSpan.FromHours(1), _shop.SweepAsync);
        var meanwhile = await _shop.StatusAsync(number);
        _shop.Alipay.Mood = AlipayMood.Well;
        await WaitsAsync(TimeSpan.FromMinutes(10), _shop.SweepAsync);

        Assert.Equal(TimeSpan.FromSeconds(30), waits[0]);
        Assert.Equal(TimeSpan.FromMinutes(10), waits[^1]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(OrderStatus.AwaitingPayment, meanwhile);
        Assert.Equal(expected, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_refund_is_tried_less_and_less_often_under_one_number_until_the_money_is_back()
    {
        var number = await OpenedOrderAsync(await _shop.SignedInAsync());
        await _shop.NotifyAsync(FakeAlipay.Notification(number, await _shop.PayAtAlipayAsync(number), await TotalAsync(number)));
        _shop.Alipay.Trades["second"] = new FakeTrade("second-trade", await TotalAsync(number), PaidAt: _shop.Clock.Now);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "second-trade", await TotalAsync(number)));
        _shop.Alipay.Mood = AlipayMood.Down;
        _shop.Alipay.Contents.Clear();

        var waits = await WaitsAsync(TimeSpan.FromHours(3), SendRefundsAsync);
        var asked = _shop.Alipay.Contents.Select(content => content["out_request_no"]).Distinct(StringComparer.Ordinal).ToList();
        _shop.Alipay.Mood = AlipayMood.Well;
        await WaitsAsync(TimeSpan.FromMinutes(30), SendRefundsAsync);

        Assert.Equal(TimeSpan.FromMinutes(1), waits[0]);
        Assert.Equal(TimeSpan.FromMinutes(30), waits[^1]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(asked, _shop.Alipay.Trades["second"].Refunds.Keys);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Refunds.CountAsync(refund => refund.Status == RefundStatus.Done)));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task After_an_hour_without_a_gateway_the_shop_has_sold_on_and_the_queue_drains()
    {
        var shopper = await _shop.SignedInAsync();
        var numbers = new List<string>();
        for (var index = 0; index < 8; index++)
            numbers.Add(await OpenedOrderAsync(shopper, index));
        foreach (var number in numbers.Take(4))
            await _shop.PayAtAlipayAsync(number);
        _shop.Alipay.Mood = AlipayMood.Unreachable;

        await WaitsAsync(TimeSpan.FromHours(1), _shop.SweepAsync);
        var browsed = await shopper.GetAsync("/courses");
        var placedMeanwhile = await shopper.OrderAsync(await _shop.PlainCourseAsync(8));
        var meanwhile = await Task.WhenAll(numbers.Select(_shop.StatusAsync));
        _shop.Alipay.Mood = AlipayMood.Well;
        await WaitsAsync(TimeSpan.FromMinutes(10), _shop.SweepAsync);
        await shopper.OpenPaymentAsync(placedMeanwhile);

        Assert.Equal(HttpStatusCode.OK, browsed.Status);
        Assert.All(meanwhile, status => Assert.Equal(OrderStatus.AwaitingPayment, status));
        Assert.Equal([.. Enumerable.Repeat(OrderStatus.Paid, 4), .. Enumerable.Repeat(OrderStatus.TimedOut, 4)], await Task.WhenAll(numbers.Select(_shop.StatusAsync)));
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(placedMeanwhile));
        await _shop.AssertHoldAsync();
    }

    private async Task<string> OpenedOrderAsync(Shopper shopper, int skip = 0)
    {
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync(skip));
        await shopper.OpenPaymentAsync(number);
        return number;
    }

    private Task<Money> TotalAsync(string number) => _shop.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Total).SingleAsync());

    private Task<int> SendRefundsAsync() => _shop.InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None));

    /// <summary>Lets time pass and the worker look often; yields how long it waited between two times of asking the gateway.</summary>
    private async Task<List<TimeSpan>> WaitsAsync(TimeSpan time, Func<Task<int>> work)
    {
        var asked = new List<DateTimeOffset>();
        for (var end = _shop.Clock.Now + time; _shop.Clock.Now <= end; _shop.Clock.Advance(Step))
        {
            var before = _shop.Alipay.Calls.Count;
            await work();
            if (_shop.Alipay.Calls.Count > before)
                asked.Add(_shop.Clock.Now);
        }

        return [.. asked.Skip(1).Zip(asked, (later, earlier) => later - earlier)];
    }
}

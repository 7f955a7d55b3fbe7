using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments;

public sealed class PaymentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_attempt_has_a_number_of_its_own() =>
        Assert.Equal(["2026", "2026_2", "2026_3"], Enumerable.Range(1, 3).Select(attempt => Attempt(attempt).OutTradeNo));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void It_asks_for_money(long fen) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Payment.Attempt(PaymentPurpose.Order, "2026", 1, new Money(fen), "课程", Now, Now.AddMinutes(15)));

    [Theory]
    [InlineData(-60_000, true)]
    [InlineData(13 * 60_000, true)]
    [InlineData((14 * 60_000) - 1, true)]
    [InlineData(14 * 60_000, false)] // the last minute
    [InlineData(15 * 60_000, false)]
    [InlineData(16 * 60_000, false)]
    public void It_is_not_offered_in_the_last_minute(int milliseconds, bool canOpen)
    {
        var (payment, moment) = (Attempt(), Now.AddMilliseconds(milliseconds));

        Assert.Equal(canOpen, payment.CanOpen(moment));
        if (canOpen)
            payment.Open(moment);
        else
            Assert.Throws<InvalidOperationException>(() => payment.Open(moment));
        Assert.Equal(canOpen ? PaymentStatus.Opened : PaymentStatus.Created, payment.Status);
    }

    [Fact]
    public void Opening_it_again_keeps_when_it_was_opened_first()
    {
        var payment = Attempt();

        payment.Open(Now);
        payment.Open(Now.AddMinutes(5));

        Assert.Equal((PaymentStatus.Opened, Now), (payment.Status, payment.OpenedAt));
    }

    [Theory]
    [InlineData(PaymentStatus.Created, true)]
    [InlineData(PaymentStatus.Opened, true)]
    [InlineData(PaymentStatus.Settled, false)]
    [InlineData(PaymentStatus.Closed, false)]
    [InlineData(PaymentStatus.Held, false)]
    [InlineData(PaymentStatus.Late, false)]
    [InlineData(PaymentStatus.Second, false)]
    public void Only_a_live_one_can_be_opened_or_closed(PaymentStatus status, bool isLive)
    {
        var payment = Attempt().With(nameof(Payment.Status), status);
        Assert.Equal((isLive, isLive), (payment.IsLive, payment.CanOpen(Now)));

        payment.Close(Now);

        Assert.Equal(isLive ? PaymentStatus.Closed : status, payment.Status);
        Assert.Equal(isLive ? Now : null, payment.ClosedAt);
    }

    [Theory]
    [InlineData(PaymentStatus.Created)]
    [InlineData(PaymentStatus.Opened)]
    [InlineData(PaymentStatus.Closed)] // late money
    public void It_takes_the_money_of_a_trade_once(PaymentStatus before)
    {
        var payment = Attempt().With(nameof(Payment.Status), before);

        payment.Receive(Trade(), PaymentStatus.Settled, Now.AddMinutes(3));

        Assert.Equal((PaymentStatus.Settled, "T1", Money.Yuan(199), "xi***@example.com", Now.AddMinutes(2), Now.AddMinutes(3)),
            (payment.Status, payment.TradeNo, payment.AmountReceived, payment.Buyer, payment.PaidAt, payment.ReceivedAt));
        Assert.True(payment.HasMoney);
        Assert.Throws<InvalidOperationException>(() => payment.Receive(Trade() with { TradeNo = "T2" }, PaymentStatus.Settled, Now));
        Assert.Equal("T1", payment.TradeNo);
    }

    [Fact]
    public void Closing_does_nothing_to_money()
    {
        var payment = Attempt();
        payment.Receive(Trade(), PaymentStatus.Held, Now);

        payment.Close(Now);

        Assert.Equal((PaymentStatus.Held, null), (payment.Status, payment.ClosedAt));
    }

    [Theory]
    [InlineData(PaymentStatus.Created)]
    [InlineData(PaymentStatus.Opened)]
    [InlineData(PaymentStatus.Closed)]
    public void Money_is_booked_under_a_state_that_holds_money(PaymentStatus status) =>
        Assert.Throws<InvalidOperationException>(() => Attempt().Receive(Trade(), status, Now));

    [Fact]
    public void A_trade_that_was_not_paid_brings_no_money()
    {
        Assert.Throws<InvalidOperationException>(() => Attempt().Receive(Trade() with { Status = GatewayTradeStatus.WaitingForBuyer }, PaymentStatus.Settled, Now));
        Assert.Throws<InvalidOperationException>(() => Attempt().Receive(Trade() with { Status = GatewayTradeStatus.Closed, PaidAt = null }, PaymentStatus.Settled, Now));
    }

    [Theory]
    [InlineData(GatewayTradeStatus.Paid, false, 0, true)]
    [InlineData(GatewayTradeStatus.Finished, false, 0, true)]
    [InlineData(GatewayTradeStatus.WaitingForBuyer, true, 0, false)]
    [InlineData(GatewayTradeStatus.Closed, false, 0, false)]
    [InlineData(GatewayTradeStatus.Closed, true, 0, true)] // paid, then refunded in full
    [InlineData(GatewayTradeStatus.Closed, false, 19_900, true)]
    public void A_closed_trade_was_paid_when_it_was_refunded(GatewayTradeStatus status, bool hasPaidAt, long refunded, bool wasPaid) =>
        Assert.Equal(wasPaid, (Trade() with { Status = status, PaidAt = hasPaidAt ? Now : null, Refunded = new Money(refunded) }).WasPaid);

    [Fact]
    public void A_second_trade_of_the_same_number_gets_a_row_of_its_own()
    {
        var payment = Attempt();
        payment.Receive(Trade(), PaymentStatus.Settled, Now);

        var extra = payment.Extra(Now.AddMinutes(4));
        extra.Receive(Trade() with { TradeNo = "T2" }, PaymentStatus.Second, Now.AddMinutes(5));

        Assert.Equal((true, payment.OutTradeNo, payment.Amount, "T2", PaymentStatus.Second), (extra.IsExtra, extra.OutTradeNo, extra.Amount, extra.TradeNo, extra.Status));
        Assert.Equal(("T1", PaymentStatus.Settled), (payment.TradeNo, payment.Status));
    }

    private static Payment Attempt(int attempt = 1) => Payment.Attempt(PaymentPurpose.Order, "2026", attempt, Money.Yuan(199), "课程", Now, Now.AddMinutes(15));

    private static GatewayTrade Trade() => new("2026", "T1", GatewayTradeStatus.Paid, Money.Yuan(199), Money.Zero, "xi***@example.com", Now.AddMinutes(2));
}

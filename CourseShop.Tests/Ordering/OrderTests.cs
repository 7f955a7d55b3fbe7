using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Ordering;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    /// <summary>The whole table; anything else is refused by the order itself.</summary>
    private static readonly HashSet<(OrderStatus From, OrderStatus To)> Allowed =
    [
        (OrderStatus.AwaitingPayment, OrderStatus.Paid), (OrderStatus.AwaitingPayment, OrderStatus.Cancelled), (OrderStatus.AwaitingPayment, OrderStatus.TimedOut),
        (OrderStatus.Cancelled, OrderStatus.Paid), (OrderStatus.TimedOut, OrderStatus.Paid), // late money
        (OrderStatus.Paid, OrderStatus.PartRefunded), (OrderStatus.Paid, OrderStatus.Refunded),
        (OrderStatus.PartRefunded, OrderStatus.PartRefunded), (OrderStatus.PartRefunded, OrderStatus.Refunded),
    ];

    public static IEnumerable<object[]> EveryPair() => from before in Enum.GetValues<OrderStatus>() from after in Enum.GetValues<OrderStatus>() select new object[] { before, after };

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void It_moves_only_as_the_table_says(OrderStatus before, OrderStatus after)
    {
        var isAllowed = Allowed.Contains((before, after));
        Assert.Equal(isAllowed, OrderTransitions.Allow(before, after));

        var order = In(before);
        Action? move = after switch
        {
            OrderStatus.Paid => () => order.MarkPaid(Now),
            OrderStatus.Cancelled => () => order.Cancel(Now),
            OrderStatus.TimedOut => () => order.TimeOut(Now),
            _ => null, // no verb leads there yet
        };
        if (move is null)
            return;

        if (isAllowed)
            move();
        else
            Assert.Throws<InvalidOperationException>(move);
        Assert.Equal(isAllowed ? after : before, order.Status);
        Assert.Equal(isAllowed ? 2 : 1, order.Events.Count);
    }

    [Fact]
    public void It_keeps_what_was_quoted()
    {
        var quote = Quoted();

        var order = Placed(quote);

        Assert.Equal((quote.ListTotal, quote.CampaignDiscount, quote.CouponDiscount, quote.CreditDiscount, quote.Total, quote.Credits),
            (order.ListTotal, order.CampaignDiscount, order.CouponDiscount, order.CreditDiscount, order.Total, order.Credits));
        Assert.Equal(quote.Lines.Select(line => (line.Title, line.CoverPath, line.TermDays, line.CampaignName, line.ListPrice, line.CampaignDiscount, line.Price, line.CouponShare, line.CreditShare, line.Credits, line.Amount)),
            order.Lines.Select(line => (line.CourseTitle, line.CoverPath, line.TermDays, line.CampaignName, line.ListPrice, line.CampaignDiscount, line.Price, line.CouponShare, line.CreditShare, line.Credits, line.Amount)));
        Assert.Equal("新人券", order.CouponName);
        Assert.Equal([0, 1, 2], order.Lines.Select(line => line.Position));
        Assert.Equal((OrderStatus.AwaitingPayment, Now.AddMinutes(15)), (order.Status, order.PayBy));
    }

    [Fact]
    public void It_has_at_least_one_line() => Assert.Throws<ArgumentException>(() => Placed(Quote.For([], [], QuoteChoices.None, new(), Now)));

    [Fact]
    public void It_is_overdue_from_its_deadline_on_while_it_awaits_payment()
    {
        var order = Placed(Quoted());

        Assert.Equal((TimeSpan.FromMinutes(15), false), (order.TimeLeft(Now), order.IsOverdue(Now)));
        Assert.Equal((TimeSpan.FromTicks(1), false), (order.TimeLeft(order.PayBy.AddTicks(-1)), order.IsOverdue(order.PayBy.AddTicks(-1))));
        Assert.Equal((TimeSpan.Zero, true), (order.TimeLeft(order.PayBy), order.IsOverdue(order.PayBy)));

        order.MarkPaid(Now);
        Assert.Equal((TimeSpan.Zero, false), (order.TimeLeft(Now), order.IsOverdue(order.PayBy)));
    }

    [Fact]
    public void Late_money_revives_it_and_its_history_says_so()
    {
        var order = Placed(Quoted());
        order.TimeOut(Now.AddMinutes(15));
        Assert.Equal(Now.AddMinutes(15), order.ClosedAt);

        order.MarkPaid(Now.AddMinutes(20));

        Assert.Equal((OrderStatus.Paid, Now.AddMinutes(20), null), (order.Status, order.PaidAt, order.ClosedAt));
        Assert.Equal([OrderEventKind.Placed, OrderEventKind.TimedOut, OrderEventKind.Revived], order.Events.Select(step => step.Kind));
    }

    [Fact]
    public void Every_state_has_a_word_for_scripts() =>
        Assert.Equal(["awaiting_payment", "paid", "cancelled", "timed_out", "part_refunded", "refunded"], Enum.GetValues<OrderStatus>().Select(status => status.ToCode()));

    private static Order In(OrderStatus status) => Placed(Quoted()).With(nameof(Order.Status), status);

    private static Order Placed(Quote quote) => Order.Place(quote, 7, "key", "20261120", "课程1 等3门课程", Now, TimeSpan.FromMinutes(15));

    private static Quote Quoted()
    {
        var coupon = new Coupon("新人券", CouponKind.Amount, CouponScope.All, CouponBase.Subtotal).Worth(Money.Yuan(30), 10_000, null, Money.Zero, []);
        var issued = new IssuedCoupon(1, 7, Now, Now.AddDays(1)).With(nameof(IssuedCoupon.Coupon), coupon);
        var campaign = new Campaign("双十一", CampaignKind.Percent, Now, Now.AddDays(1)).Taking(8200, Money.Zero, [], Money.Zero).On([1]);
        QuoteItem[] items = [.. Enumerable.Range(1, 3).Select(course => new QuoteItem(course, 1, $"课程{course}", $"/covers/{course}.svg", 100, course, course == 2 ? 30 : null, Money.Yuan(100 * course)))];
        return Quote.For(items, [campaign], new QuoteChoices(issued, 50, 1000), new PricingRules { AllowCouponWithCredits = true }, Now);
    }
}

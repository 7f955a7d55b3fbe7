using CourseShop.Common;
using CourseShop.Payments;

namespace CourseShop.Ordering;

/// <summary>A part of the sentence, as a key of the shop's words and what stands in it.</summary>
public sealed record MoneyClause(string Key, params object[] Arguments)
{
    /// <summary>What follows is about another payment.</summary>
    public bool OpensPart { get; init; }
}

/// <summary>Where an order's money is, in one sentence: what came, what it did, what went back, and what somebody has to do.</summary>
public static class MoneyStory
{
    /// <param name="order">The order.</param>
    /// <param name="payments">Its attempts, first one first.</param>
    /// <param name="refunds">Money on its way back from them, or back.</param>
    /// <param name="requests">What was asked for, and what staff decided.</param>
    public static IReadOnlyList<MoneyClause> Of(Order order, IReadOnlyList<Payment> payments, IReadOnlyList<Refund> refunds, IReadOnlyList<OrderRefund> requests)
    {
        var received = payments.Where(payment => payment.HasMoney).ToList();
        List<MoneyClause> story = received.Count switch
        {
            0 => [Nothing(order, payments)],
            1 => [new("已收到 {0}", received[0].AmountReceived!), .. Fate(order, received[0], refunds)],
            _ => [new("收到 {0} 笔，共 {1}", received.Count, new Money(received.Sum(payment => payment.AmountReceived!.Value.Fen))), .. received.SelectMany((payment, at) => Numbered(order, payment, at + 1, refunds))],
        };
        var isPaid = order.Status is OrderStatus.Paid or OrderStatus.PartRefunded or OrderStatus.Refunded;
        if (isPaid && !order.Total.IsZero && !received.Exists(payment => payment.Status == PaymentStatus.Settled))
            story.Add(new("订单已支付，却没有入账的钱，请马上查") { OpensPart = true });
        story.AddRange(requests.Where(request => request.Status == OrderRefundStatus.Requested).Select(request => new MoneyClause("申请退款 {0} 等待审核", request.Money) { OpensPart = true }));
        return story;
    }

    private static MoneyClause Nothing(Order order, IReadOnlyList<Payment> payments) => order switch
    {
        { Total.IsZero: true } => new("应付是 ¥0.00，不需要收钱"),
        { Status: OrderStatus.Cancelled } => new("没有收到钱，订单已取消"),
        { Status: OrderStatus.TimedOut } => new("没有收到钱，订单超时取消了"),
        { AskAgainAt: { } again, Status: OrderStatus.AwaitingPayment } => new("收没收到还不知道：支付宝没有回答，{0} 再问", again.ToMinute()),
        _ when payments.LastOrDefault(payment => payment.OpenedAt is not null) is { OpenedAt: { } at } => new("还没有收到钱：支付宝 {0} 打开过，未付款", at.ToMinute()),
        _ => new("还没有收到钱：支付页面没有打开过"),
    };

    private static IEnumerable<MoneyClause> Numbered(Order order, Payment payment, int number, IReadOnlyList<Refund> refunds) =>
        [new("第 {0} 笔 {1}", number, payment.AmountReceived!) { OpensPart = true }, .. Fate(order, payment, refunds)];

    private static IEnumerable<MoneyClause> Fate(Order order, Payment payment, IReadOnlyList<Refund> refunds)
    {
        var own = refunds.Where(refund => refund.PaymentId == payment.Id).ToList();
        return payment.Status switch
        {
            PaymentStatus.Settled => [Booked(order), .. GoingBack(own)],
            PaymentStatus.Returned => [own.FindLast(refund => refund.Status == RefundStatus.Done) is { } done ? new("{0} 已原路退回", done.RefundNumber) : new("在支付宝已经退掉")],
            PaymentStatus.Held => Held(payment, own),
            _ => [payment.Status == PaymentStatus.Late ? new("订单结束以后才到") : new("重复付款"), Going(own.Find(refund => refund.Status == RefundStatus.Open))],
        };
    }

    private static MoneyClause Booked(Order order) => order.Status switch
    {
        OrderStatus.Paid => new("已入账，订单已支付"),
        OrderStatus.PartRefunded => new("已入账，订单退了一部分"),
        OrderStatus.Refunded => new("已入账，订单已全部退款"),
        _ => new("已入账，订单却没有支付，请马上查"),
    };

    private static IEnumerable<MoneyClause> GoingBack(List<Refund> refunds)
    {
        if (refunds.Count == 0)
            return [new("没有退款")];
        var done = refunds.Where(refund => refund.Status == RefundStatus.Done).Sum(refund => refund.Amount.Fen);
        return
        [
            .. done == 0 ? [] : new MoneyClause[] { new("已退回 {0}", new Money(done)) },
            .. refunds.Where(refund => refund.Status == RefundStatus.Open).Select(Going),
            .. refunds.Where(refund => refund.Status == RefundStatus.Refused).Select(Refused),
        ];
    }

    private static IEnumerable<MoneyClause> Held(Payment payment, List<Refund> refunds)
    {
        if (refunds.Find(refund => refund.Status == RefundStatus.Open) is { } open)
            return [Mismatch(payment), Going(open)];
        return [Mismatch(payment), .. refunds.FindLast(refund => refund.Status == RefundStatus.Refused) is { } refused ? [Refused(refused)] : Array.Empty<MoneyClause>(), new("等待处理")];
    }

    private static MoneyClause Mismatch(Payment payment) => payment switch
    {
        { AlreadyRefunded.IsZero: false } => new("记账以前在支付宝已退 {0}", payment.AlreadyRefunded),
        _ when payment.AmountReceived == payment.Amount => new("不能用于这个订单"),
        _ => new("与应付 {0} 不符", payment.Amount),
    };

    private static MoneyClause Going(Refund? refund) => refund switch
    {
        null => new("没有退款在退它，请马上查"),
        { Tries: 0 } => new("{0} 的 {1} 等着退回", refund.RefundNumber, refund.Amount),
        _ => new("{0} 的 {1} 正在退回，问过 {2} 次", refund.RefundNumber, refund.Amount, refund.Tries),
    };

    private static MoneyClause Refused(Refund refund) => new("支付宝拒绝了退款 {0}（{1}）", refund.RefundNumber, refund.LastCode ?? "—");
}

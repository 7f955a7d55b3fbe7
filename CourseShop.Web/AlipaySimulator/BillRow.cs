using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>A line of a bill: a trade that was paid, or money of one that went back.</summary>
public sealed record BillRow(string TradeNo, string OutTradeNo, bool IsRefund, string Subject, DateTimeOffset CreatedAt, DateTimeOffset FinishedAt, string Payer, Money Amount, string RefundNumber)
{
    private const int FeeBasisPoints = 60; // 0.6 %

    /// <summary>What Alipay keeps of a trade, and gives back with a refund.</summary>
    public Money Fee => Amount.Share(FeeBasisPoints);

    /// <summary>What moved on a day, in order.</summary>
    public static IReadOnlyList<BillRow> Of(IEnumerable<Trade> paid, DateOnly day) =>
    [
        .. paid.SelectMany(Of).Where(row => row.FinishedAt.BeijingDay() == day).OrderBy(row => row.FinishedAt),
    ];

    /// <summary>A trade that the shop never heard of.</summary>
    public static BillRow OfStranger(DateOnly day)
    {
        var noon = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.FromHours(8));
        return new(Trade.NewTradeNo(noon), $"X{noon:yyyyMMdd}0001", IsRefund: false, "别家的商品", noon, noon, "*四(139****0000)", new Money(1234), "");
    }

    private static IEnumerable<BillRow> Of(Trade trade)
    {
        var buyer = Buyer.Of(trade.BuyerId);
        var payment = new BillRow(trade.TradeNo, trade.OutTradeNo, IsRefund: false, trade.Subject, trade.OpenedAt ?? trade.AskedAt, trade.PaidAt!.Value, $"*{buyer.Name[1..]}({buyer.LogonId})", trade.Amount, "");
        return trade.Refunds.Select(refund => payment with { IsRefund = true, FinishedAt = refund.At, Amount = refund.Amount, RefundNumber = refund.Number }).Prepend(payment);
    }
}

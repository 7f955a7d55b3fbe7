using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>Where a trade stands at the gateway.</summary>
public enum GatewayTradeStatus
{
    /// <summary>Created, not paid (Alipay: WAIT_BUYER_PAY).</summary>
    WaitingForBuyer,

    /// <summary>Paid; refunds are possible (Alipay: TRADE_SUCCESS).</summary>
    Paid,

    /// <summary>Paid; no refunds any more (Alipay: TRADE_FINISHED).</summary>
    Finished,

    /// <summary>Ended: unpaid and closed, or fully refunded (Alipay: TRADE_CLOSED).</summary>
    Closed,
}

/// <summary>
/// What a gateway says of one trade, in a channel-neutral form: the same noun whether it came by notification or by query.
/// Only made from answers whose signature was checked.
/// </summary>
/// <param name="OutTradeNo">Our number of the attempt (Alipay: out_trade_no).</param>
/// <param name="TradeNo">The gateway's number (Alipay: trade_no).</param>
/// <param name="Status">Where the trade stands.</param>
/// <param name="Amount">What the buyer was asked for, in fen (Alipay: total_amount).</param>
/// <param name="Refunded">All refunds of this trade so far, in fen (Alipay: refund_fee, cumulative); zero where the gateway says nothing.</param>
/// <param name="Buyer">The buyer's masked sign-in name (Alipay: buyer_logon_id), if told.</param>
/// <param name="PaidAt">When it was paid, UTC (Alipay: gmt_payment or send_pay_date), if told.</param>
public sealed record GatewayTrade(
    string OutTradeNo, string TradeNo, GatewayTradeStatus Status, Money Amount, Money Refunded, string? Buyer, DateTimeOffset? PaidAt)
{
    /// <summary>Money came in: paid, finished, or closed after having been paid (a full refund).</summary>
    public bool WasPaid => Status is GatewayTradeStatus.Paid or GatewayTradeStatus.Finished || (Status == GatewayTradeStatus.Closed && (PaidAt is not null || !Refunded.IsZero));

    /// <summary>All that went back, in fen: the whole where a paid trade was closed, for that is what a full refund does.</summary>
    public Money WentBack => WasPaid && Status == GatewayTradeStatus.Closed ? Amount : Refunded;
}

using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>A channel that money comes through. One with a gateway is an <see cref="IPaymentGateway"/> (WeChat Pay would be the next), one of our own an <see cref="IHouseChannel"/>.</summary>
public enum PaymentChannel
{
    /// <summary>支付宝.</summary>
    Alipay,

    /// <summary>账户余额: money that is in the shop already.</summary>
    Balance,
}

/// <summary>What a payment page asks the buyer for.</summary>
/// <param name="OutTradeNo">Our number of the attempt: letters, digits, underscore; at most 64.</param>
/// <param name="Amount">In fen, at least 1.</param>
/// <param name="Subject">What is bought, at most 256 characters.</param>
/// <param name="ExpiresAt">UTC; after it the gateway takes no money for this attempt (Alipay: time_expire).</param>
/// <param name="IsPhone">The buyer holds a phone (Alipay: wap.pay instead of page.pay).</param>
/// <param name="ReturnUrl">Where the buyer's browser comes back to.</param>
/// <param name="NotifyUrl">Where the gateway's server reports to.</param>
/// <param name="QuitUrl">Where a buyer who gives up on a phone goes.</param>
public sealed record PaymentRequest(
    string OutTradeNo, Money Amount, string Subject, DateTimeOffset ExpiresAt, bool IsPhone, string ReturnUrl, string NotifyUrl, string QuitUrl);

/// <summary>What a refund asks the gateway for.</summary>
/// <param name="OutTradeNo">Our number of the attempt that brought the money.</param>
/// <param name="TradeNo">The gateway's number; it decides where both are told.</param>
/// <param name="RefundNumber">Our own number of this refund, unique and never used again (Alipay: out_request_no).</param>
/// <param name="Amount">In fen, at least 1.</param>
/// <param name="Reason">What the buyer reads, at most 256 characters.</param>
public sealed record RefundRequest(string OutTradeNo, string TradeNo, string RefundNumber, Money Amount, string Reason);

/// <summary>What a gateway says of one refund.</summary>
/// <param name="IsDone">The money of this refund went back, now or before (Alipay: fund_change Y, or refund_status REFUND_SUCCESS). False: ask again.</param>
/// <param name="TotalRefunded">All refunds of the trade so far, in fen, where the gateway says it (Alipay: refund_fee, cumulative).</param>
public sealed record GatewayRefund(bool IsDone, Money? TotalRefunded);

/// <summary>What cancelling a trade came to.</summary>
public enum CancelledTrade
{
    /// <summary>The gateway found no trade: nobody had begun to pay (Alipay: no action).</summary>
    NotFound,

    /// <summary>It was unpaid and can't be paid any more (Alipay: close).</summary>
    Closed,

    /// <summary>It was paid; all of its money went back (Alipay: refund).</summary>
    Refunded,
}

/// <summary>One payment channel's gateway. Calls never throw for what the gateway or the network does: that is <see cref="GatewayVerdict.Unknown"/>.</summary>
public interface IPaymentGateway
{
    /// <summary>Which channel this is.</summary>
    PaymentChannel Channel { get; }

    /// <summary>The signed address that the buyer's browser is led to. May be relative to the shop (the simulator). Makes no call.</summary>
    string PayPage(PaymentRequest request, DateTimeOffset now);

    /// <summary>Asks where a trade stands (Alipay: alipay.trade.query).</summary>
    /// <param name="outTradeNo">Our number of the attempt.</param>
    /// <param name="stop">Stops the call.</param>
    /// <param name="tradeNo">The gateway's number, where one trade of several under ours is meant: it decides.</param>
    Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop, string? tradeNo = null);

    /// <summary>Closes an unpaid trade (Alipay: alipay.trade.close). A yes means: it can't be paid any more.</summary>
    Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop);

    /// <summary>
    /// Undoes a trade whose result can't be found out (Alipay: alipay.trade.cancel): what is unpaid is closed, what is paid is refunded whole. Never for a trade
    /// that is known to be paid. Unknown where the gateway wants to be asked again (retry_flag Y).
    /// </summary>
    Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo, CancellationToken stop);

    /// <summary>
    /// Gives money of a paid trade back (Alipay: alipay.trade.refund). The same number with the same amount may be sent again and again: money moves once.
    /// </summary>
    Task<GatewayAnswer<GatewayRefund>> RefundAsync(RefundRequest request, CancellationToken stop);

    /// <summary>Asks what became of a refund (Alipay: alipay.trade.fastpay.refund.query). A yes with <see cref="GatewayRefund.IsDone"/> false: the gateway knows nothing of it (yet).</summary>
    Task<GatewayAnswer<GatewayRefund>> QueryRefundAsync(string outTradeNo, string tradeNo, string refundNumber, CancellationToken stop);

    /// <summary>
    /// The gateway's bill of one day (Alipay: alipay.data.dataservice.bill.downloadurl.query with bill_type trade). The caller disposes of it. It is ready on the
    /// next day at about nine; earlier, and for a day that the gateway keeps no bill of, the refusal is <see cref="GatewayRefusal.NoBill"/>.
    /// </summary>
    /// <param name="day">Beijing's calendar day.</param>
    /// <param name="stop">Stops the call and the download.</param>
    Task<GatewayAnswer<GatewayBill>> BillAsync(DateOnly day, CancellationToken stop);
}

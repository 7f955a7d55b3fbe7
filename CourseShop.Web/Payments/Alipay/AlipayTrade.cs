using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of asking for a trade, and of telling about one in notifications and in answers.</summary>
public static class AlipayTrade
{
    private const int LongestNumber = 64;

    /// <summary>Asks where a trade stands; by Alipay's number too where several have ours.</summary>
    public static AlipayCall<GatewayTrade> Query(string outTradeNo, string? tradeNo = null) => new("alipay.trade.query", Of(outTradeNo, tradeNo), answer => Read(name => answer[name]) switch
    {
        { Trade: { } trade } => new(GatewayVerdict.Yes, trade),
        { Problem: var problem } => new(GatewayVerdict.Unknown, Code: problem),
    });

    /// <summary>Ends an unpaid trade.</summary>
    public static AlipayCall<Done> Close(string outTradeNo) => new("alipay.trade.close", Of(outTradeNo), _ => new(GatewayVerdict.Yes));

    /// <summary>biz_content that names a trade by our number, and by Alipay's where it is given.</summary>
    public static JsonObject Of(string outTradeNo, string? tradeNo = null) =>
        tradeNo is null ? new() { ["out_trade_no"] = outTradeNo } : new() { ["out_trade_no"] = outTradeNo, ["trade_no"] = tradeNo };

    /// <summary>
    /// The trade that verified fields tell of, or what is wrong with them. Refuses unknown statuses (also in lower case), amounts
    /// that are no yuan, refunds above the amount, times that are none, and missing or overlong numbers.
    /// </summary>
    /// <param name="field">The value of a field, null where absent or empty. Read are out_trade_no, trade_no, trade_status, total_amount (yuan),
    /// refund_fee (yuan, cumulative), gmt_payment or send_pay_date (Beijing time) and buyer_logon_id.</param>
    public static (GatewayTrade? Trade, string? Problem) Read(Func<string, string?> field)
    {
        if (field("out_trade_no") is not { Length: <= LongestNumber } outTradeNo)
            return (null, "out_trade_no is missing or too long");
        if (field("trade_no") is not { Length: <= LongestNumber } tradeNo)
            return (null, "trade_no is missing or too long");
        if (StatusOf(field("trade_status")) is not { } status)
            return (null, "trade_status is missing or unknown");
        if (!Money.TryParseYuan(field("total_amount"), out var amount))
            return (null, "total_amount is missing or no amount of yuan");
        if (!Money.TryParseYuan(field("refund_fee") ?? "0", out var refunded) || refunded > amount)
            return (null, "refund_fee is no amount of yuan or more than the trade's");

        var paid = field("gmt_payment") ?? field("send_pay_date");
        if (!ChinaTime.TryParseAlipay(paid, out var paidAt) && paid is not null)
            return (null, "the time of payment is none");
        return (new(outTradeNo, tradeNo, status, amount, refunded, field("buyer_logon_id"), paid is null ? null : paidAt), null);
    }

    private static GatewayTradeStatus? StatusOf(string? status) => status switch
    {
        "WAIT_BUYER_PAY" => GatewayTradeStatus.WaitingForBuyer,
        "TRADE_SUCCESS" => GatewayTradeStatus.Paid,
        "TRADE_FINISHED" => GatewayTradeStatus.Finished,
        "TRADE_CLOSED" => GatewayTradeStatus.Closed,
        _ => null,
    };
}

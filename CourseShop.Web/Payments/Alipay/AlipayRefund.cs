using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of asking for a refund and of telling what became of it.</summary>
public static class AlipayRefund
{
    private const int LongestNumber = 64;

    private static readonly string[] Definite =
    [
        "TRADE_HAS_FINISHED", "TRADE_HAS_CLOSE", "TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID", "TRADE_NOT_ALLOW_REFUND", "NOT_ALLOW_PARTIAL_REFUND",
        "REASON_TRADE_REFUND_FEE_ERR", "REFUND_AMT_NOT_EQUAL_TOTAL", "DISCORDANT_REPEAT_REQUEST",
    ];

    /// <summary>Gives money back: the amount as yuan, the number always, the reason cut to 256 characters. Throws for a number that Alipay would refuse and amounts below a fen.</summary>
    public static AlipayCall<GatewayRefund> Of(RefundRequest request)
    {
        if (request.Amount.Fen < 1)
            throw new ArgumentException("A refund gives back at least one fen.", nameof(request));

        var content = Named(request.OutTradeNo, request.TradeNo, request.RefundNumber);
        content["refund_amount"] = request.Amount.ToYuan();
        if (AlipaySubject.Clean(request.Reason) is { Length: > 0 } reason)
            content["refund_reason"] = reason;
        return new("alipay.trade.refund", content, Read) { RefusalOf = RefusalOf };
    }

    /// <summary>Asks whether money went back; a number that Alipay doesn't know is answered with a bare yes. Throws for a number that it would refuse.</summary>
    public static AlipayCall<GatewayRefund> Query(string outTradeNo, string tradeNo, string refundNumber) =>
        new("alipay.trade.fastpay.refund.query", Named(outTradeNo, tradeNo, refundNumber), ReadQuery) { MayBeBare = true };

    private static JsonObject Named(string outTradeNo, string tradeNo, string refundNumber)
    {
        if (refundNumber.Length is 0 or > LongestNumber || !refundNumber.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("An out_request_no has 1 to 64 letters, digits and underscores.", nameof(refundNumber));
        return new() { ["out_trade_no"] = outTradeNo, ["trade_no"] = tradeNo, ["out_request_no"] = refundNumber };
    }

    // fund_change Y says that the money went back now; else (a repeat, or nothing yet) the query knows
    private static GatewayAnswer<GatewayRefund> Read(AlipayAnswer answer)
    {
        var total = Money.Zero;
        if (answer["refund_fee"] is { } fee && !Money.TryParseYuan(fee, out total))
            return new(GatewayVerdict.Unknown, Code: "refund_fee is no amount of yuan");
        return new(GatewayVerdict.Yes, new(answer["fund_change"] == "Y", answer["refund_fee"] is null ? null : total));
    }

    // only refund_status says that the money went back
    private static GatewayAnswer<GatewayRefund> ReadQuery(AlipayAnswer answer) => answer["refund_status"] switch
    {
        null => new(GatewayVerdict.Yes, new(false, null)),
        _ when answer["out_trade_no"] is null || answer["trade_no"] is null || answer["out_request_no"] is null => new(GatewayVerdict.Unknown, Code: "answer names no refund"),
        "REFUND_SUCCESS" => new(GatewayVerdict.Yes, new(true, null)),
        _ => new(GatewayVerdict.Unknown, Code: "refund_status is another than REFUND_SUCCESS"),
    };

    private static GatewayRefusal? RefusalOf(string code)
    {
        if (code.Contains("SELLER_BALANCE_NOT_ENOUGH", StringComparison.Ordinal))
            return GatewayRefusal.SellerBalanceNotEnough;
        return AlipayCodes.IsOneOf(code, Definite) ? GatewayRefusal.RefundNotPossible : null;
    }
}

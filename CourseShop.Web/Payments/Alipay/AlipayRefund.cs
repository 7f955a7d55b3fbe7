using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of asking for a refund and of telling what became of it.</summary>
public static class AlipayRefund
{
    /// <summary>Gives money back.</summary>
    public const string Method = "alipay.trade.refund";

    /// <summary>Asks whether it went back.</summary>
    public const string QueryMethod = "alipay.trade.fastpay.refund.query";

    private const int LongestNumber = 64;

    private static readonly string[] Definite =
    [
        "TRADE_HAS_FINISHED", "TRADE_HAS_CLOSE", "TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID", "TRADE_NOT_ALLOW_REFUND", "NOT_ALLOW_PARTIAL_REFUND",
        "REASON_TRADE_REFUND_FEE_ERR", "REFUND_AMT_NOT_EQUAL_TOTAL", "DISCORDANT_REPEAT_REQUEST",
    ];

    /// <summary>biz_content of a refund: the amount as yuan, the number always, the reason cut to 256 characters. Throws for a number that Alipay would refuse and amounts below a fen.</summary>
    public static IReadOnlyDictionary<string, string> Content(RefundRequest request)
    {
        if (request.Amount.Fen < 1)
            throw new ArgumentException("A refund gives back at least one fen.", nameof(request));

        var content = new Dictionary<string, string>(QueryContent(request.OutTradeNo, request.TradeNo, request.RefundNumber), StringComparer.Ordinal)
        {
            ["refund_amount"] = request.Amount.ToYuan(),
        };
        if (AlipaySubject.Clean(request.Reason) is { Length: > 0 } reason)
            content["refund_reason"] = reason;
        return content;
    }

    /// <summary>biz_content of a question about a refund. Throws for a number that Alipay would refuse.</summary>
    public static IReadOnlyDictionary<string, string> QueryContent(string outTradeNo, string tradeNo, string refundNumber)
    {
        if (refundNumber.Length is 0 or > LongestNumber || !refundNumber.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("An out_request_no has 1 to 64 letters, digits and underscores.", nameof(refundNumber));
        return new Dictionary<string, string>(StringComparer.Ordinal) { ["out_trade_no"] = outTradeNo, ["trade_no"] = tradeNo, ["out_request_no"] = refundNumber };
    }

    /// <summary>A yes to a refund: fund_change Y says that the money went back now; else (a repeat, or nothing yet) the query knows.</summary>
    /// <param name="answer">Verified, code 10000, about this trade.</param>
    public static GatewayAnswer<GatewayRefund> Read(AlipayAnswer answer)
    {
        var total = Money.Zero;
        if (answer["refund_fee"] is { } fee && !Money.TryParseYuan(fee, out total))
            return new(GatewayVerdict.Unknown, Code: "refund_fee is no amount of yuan");
        return new(GatewayVerdict.Yes, new(answer["fund_change"] == "Y", answer["refund_fee"] is null ? null : total));
    }

    /// <summary>A yes to a question about a refund: only refund_status says that the money went back; Alipay answers a bare yes to numbers that it doesn't know.</summary>
    /// <param name="answer">Verified, code 10000, and what it names is what was asked.</param>
    public static GatewayAnswer<GatewayRefund> ReadQuery(AlipayAnswer answer) => answer["refund_status"] switch
    {
        null => new(GatewayVerdict.Yes, new(false, null)),
        _ when answer["out_trade_no"] is null || answer["trade_no"] is null || answer["out_request_no"] is null => new(GatewayVerdict.Unknown, Code: "answer names no refund"),
        "REFUND_SUCCESS" => new(GatewayVerdict.Yes, new(true, null)),
        _ => new(GatewayVerdict.Unknown, Code: "refund_status is another than REFUND_SUCCESS"),
    };

    /// <summary>What a code means where it says no to a refund; null for codes that mean the same everywhere.</summary>
    public static GatewayRefusal? RefusalOf(string? code)
    {
        if (code is null)
            return null;
        if (code.Contains("SELLER_BALANCE_NOT_ENOUGH", StringComparison.Ordinal))
            return GatewayRefusal.SellerBalanceNotEnough;
        return Array.Exists(Definite, known => code.Contains(known, StringComparison.Ordinal)) ? GatewayRefusal.RefundNotPossible : null;
    }
}

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of undoing a trade whose result is unknown.</summary>
public static class AlipayCancel
{
    private static readonly string[] NotPossible = ["TRADE_CANCEL_TIME_OUT", "CANCEL_NOT_ALLOWED", "TRADE_HAS_FINISHED"];

    /// <summary>Closes what is unpaid, refunds what is paid. Where Alipay finds no trade its yes names no action, and perhaps no number.</summary>
    public static AlipayCall<CancelledTrade> Of(string outTradeNo) => new("alipay.trade.cancel", AlipayTrade.Of(outTradeNo), Read) { MayBeBare = true, RefusalOf = RefusalOf };

    private static GatewayAnswer<CancelledTrade> Read(AlipayAnswer answer) => (answer["retry_flag"], answer["action"]) switch
    {
        ("Y", _) => new(GatewayVerdict.Unknown, Code: "retry_flag Y"),
        (_, null) => new(GatewayVerdict.Yes, CancelledTrade.NotFound),
        _ when answer["out_trade_no"] is null => new(GatewayVerdict.Unknown, Code: "answer names no trade"),
        (_, "close") => new(GatewayVerdict.Yes, CancelledTrade.Closed),
        (_, "refund") => new(GatewayVerdict.Yes, CancelledTrade.Refunded),
        _ => new(GatewayVerdict.Unknown, Code: "action is another than close and refund"),
    };

    private static GatewayRefusal? RefusalOf(string code)
    {
        if (code.Contains("SELLER_BALANCE_NOT_ENOUGH", StringComparison.Ordinal))
            return GatewayRefusal.SellerBalanceNotEnough;
        return AlipayCodes.IsOneOf(code, NotPossible) ? GatewayRefusal.CancelNotPossible : null;
    }
}

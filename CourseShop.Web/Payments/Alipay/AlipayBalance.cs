using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of telling what the shop's account holds.</summary>
public static class AlipayBalance
{
    /// <summary>Asks for it; needs nothing but the signature.</summary>
    public static AlipayCall<GatewayBalance> Query() => new("alipay.data.bill.balance.query", [], Read);

    private static GatewayAnswer<GatewayBalance> Read(AlipayAnswer answer)
    {
        if (Money.TryParseYuan(answer["total_amount"], out var total) && Money.TryParseYuan(answer["available_amount"], out var available) && Money.TryParseYuan(answer["freeze_amount"] ?? "0", out var frozen))
            return new(GatewayVerdict.Yes, new(total, available, frozen));
        return new(GatewayVerdict.Unknown, Code: "balance is no amount of yuan");
    }
}

using System.Text.Json;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>What a refund is asked for: biz_content of alipay.trade.refund.</summary>
public sealed class RefundContent(JsonElement business)
{
    private readonly bool isAmount = Money.TryParseYuan(business.Text("refund_amount"), out _);

    public string TradeNo => business.Text("trade_no");
    public string OutTradeNo => business.Text("out_trade_no");
    public string Reason => business.Text("refund_reason");
    public Money Amount => Money.TryParseYuan(business.Text("refund_amount"), out var amount) ? amount : Money.Zero;

    private string OutRequestNo => business.Text("out_request_no");

    /// <summary>The refund's number; the trade's where the shop gave none.</summary>
    public string Number(Trade trade) => OutRequestNo.Length > 0 ? OutRequestNo : trade.OutTradeNo;

    /// <summary>The first thing that Alipay would refuse whatever the trade; null when nothing is.</summary>
    public GatewayFault? Fault()
    {
        if (TradeNo.Length == 0 && OutTradeNo.Length == 0)
            return GatewayFault.Field("out_trade_no");
        if (!isAmount || Amount.IsZero)
            return GatewayFault.Field("refund_amount");
        if (OutRequestNo.Length > 64)
            return GatewayFault.Field("out_request_no");
        return Reason.Length > 256 ? GatewayFault.Field("refund_reason") : null;
    }

    /// <summary>What is wrong with the amount for this trade.</summary>
    public GatewayFault? AmountFault(Trade trade)
    {
        if (OutRequestNo.Length == 0 && Amount != trade.Amount)
            return GatewayFault.Business("REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额与订单金额不一致");
        return Amount > trade.Amount - trade.Refunded ? GatewayFault.Business("REASON_TRADE_REFUND_FEE_ERR", "退款金额无效") : null;
    }
}

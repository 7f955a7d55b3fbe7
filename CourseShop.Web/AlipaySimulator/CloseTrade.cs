using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.close: ends an unpaid trade, so that it can't be paid any more.</summary>
public sealed class CloseTrade(SimulatorStore store, TimeProvider clock) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.trade.close";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var (tradeNo, outTradeNo) = (request.Business.Text("trade_no"), request.Business.Text("out_trade_no"));
        if (tradeNo.Length == 0 && outTradeNo.Length == 0)
            return GatewayFault.Field("out_trade_no").ToNode();

        var now = clock.GetUtcNow();
        return store.Atomically(() =>
        {
            var trade = store.FindTrade(tradeNo, outTradeNo);
            if (Fault(trade?.StatusAt(now)) is { } fault)
                return fault.ToNode();

            store.Save(trade! with { ClosedByShopAt = now });
            return new JsonObject { ["code"] = "10000", ["msg"] = "Success", ["trade_no"] = trade.TradeNo, ["out_trade_no"] = trade.OutTradeNo };
        });
    }

    private static GatewayFault? Fault(TradeStatus? status) => status switch
    {
        null or TradeStatus.NotYet => GatewayFault.TradeNotExist,
        TradeStatus.TradeSuccess or TradeStatus.TradeFinished => GatewayFault.Business("TRADE_STATUS_ERROR", "交易状态不合法"),
        TradeStatus.TradeClosed => GatewayFault.Business("REASON_TRADE_STATUS_INVALID", "交易状态异常"),
        _ => null,
    };
}

using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.cancel: closes an unpaid trade, refunds a paid one whole. Where there is none it still succeeds, and names no action.</summary>
public sealed class CancelTrade(SimulatorStore store, TimeProvider clock) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.trade.cancel";

    /// <inheritdoc />
    public IReadOnlyList<Mishearing> Mishearings => [new(Switch.CancelUnknown, GatewayFault.SystemError)];

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var (tradeNo, outTradeNo) = (request.Business.Text("trade_no"), request.Business.Text("out_trade_no"));
        if (tradeNo.Length == 0 && outTradeNo.Length == 0)
            return GatewayFault.Field("out_trade_no").ToNode();

        return store.Atomically(() => Cancel(store.FindTrade(tradeNo, outTradeNo), outTradeNo));
    }

    private JsonObject Cancel(Trade? trade, string outTradeNo)
    {
        var now = clock.GetUtcNow();
        switch (trade?.StatusAt(now))
        {
            case null or TradeStatus.NotYet:
                return Done(outTradeNo);
            case TradeStatus.TradeFinished:
                return GatewayFault.TradeHasFinished.ToNode();
            case TradeStatus.WaitBuyerPay:
                store.Save(trade with { ClosedByShopAt = now });
                break;
            case TradeStatus.TradeSuccess:
                RefundTrade.GiveBack(store, trade, new TradeRefund(trade.OutTradeNo, trade.Amount - trade.Refunded, "", now));
                break;
        }

        var node = Done(trade!.OutTradeNo);
        node["trade_no"] = trade.TradeNo;
        node["action"] = trade.PaidAt is null ? "close" : "refund";
        return node;
    }

    private static JsonObject Done(string outTradeNo) => new() { ["code"] = "10000", ["msg"] = "Success", ["out_trade_no"] = outTradeNo, ["retry_flag"] = "N" };
}

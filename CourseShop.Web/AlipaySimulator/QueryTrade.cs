using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.query: where a trade stands.</summary>
public sealed class QueryTrade(SimulatorStore store, TimeProvider clock) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.trade.query";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var (tradeNo, outTradeNo) = (request.Business.Text("trade_no"), request.Business.Text("out_trade_no"));
        if (tradeNo.Length == 0 && outTradeNo.Length == 0)
            return GatewayFault.Field("out_trade_no").ToNode();

        var now = clock.GetUtcNow();
        var trade = store.FindTrade(tradeNo, outTradeNo);
        return trade is null || trade.StatusAt(now) == TradeStatus.NotYet ? NotFound(outTradeNo) : Found(trade, now);
    }

    private static JsonObject NotFound(string outTradeNo)
    {
        var node = GatewayFault.TradeNotExist.ToNode();
        node["out_trade_no"] = outTradeNo;
        foreach (var amount in (string[])["buyer_pay_amount", "invoice_amount", "point_amount", "receipt_amount"])
            node[amount] = "0.00";
        return node;
    }

    private static JsonObject Found(Trade trade, DateTimeOffset now)
    {
        var paid = (trade.PaidAt is null ? Money.Zero : trade.Amount).ToYuan();
        var node = new JsonObject
        {
            ["code"] = "10000",
            ["msg"] = "Success",
            ["trade_no"] = trade.TradeNo,
            ["out_trade_no"] = trade.OutTradeNo,
            ["subject"] = trade.Subject,
            ["trade_status"] = trade.StatusAt(now).ToAlipay(),
            ["total_amount"] = trade.Amount.ToYuan(),
            ["receipt_amount"] = paid,
            ["buyer_pay_amount"] = paid,
            ["invoice_amount"] = paid,
            ["point_amount"] = "0.00",
        };
        if (trade.PaidAt is not { } paidAt)
            return node;

        node["buyer_user_id"] = Buyer.Of(trade.BuyerId).Id;
        node["buyer_logon_id"] = Buyer.Of(trade.BuyerId).LogonId;
        node["send_pay_date"] = paidAt.ToAlipay();
        node["fund_bill_list"] = new JsonArray(new JsonObject { ["amount"] = paid, ["fund_channel"] = "ALIPAYACCOUNT" });
        return node;
    }
}

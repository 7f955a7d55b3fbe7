using System.Text.Json;
using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.fastpay.refund.query: whether a refund was done. A number that Alipay doesn't know is answered with a bare success.</summary>
public sealed class QueryRefund(SimulatorStore store, TimeProvider clock) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.trade.fastpay.refund.query";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var (tradeNo, outTradeNo, number) = (request.Business.Text("trade_no"), request.Business.Text("out_trade_no"), request.Business.Text("out_request_no"));
        if (tradeNo.Length == 0 && outTradeNo.Length == 0)
            return GatewayFault.Field("out_trade_no").ToNode();
        if (number.Length == 0)
            return GatewayFault.Field("out_request_no").ToNode();

        var trade = store.FindTrade(tradeNo, outTradeNo);
        if (trade is null || trade.StatusAt(clock.GetUtcNow()) == TradeStatus.NotYet)
            return GatewayFault.TradeNotExist.ToNode();

        var node = new JsonObject { ["code"] = "10000", ["msg"] = "Success" };
        if (trade.Refunds.FirstOrDefault(refund => refund.Number == number) is not { } refund)
            return node;

        node["trade_no"] = trade.TradeNo;
        node["out_trade_no"] = trade.OutTradeNo;
        node["out_request_no"] = refund.Number;
        node["total_amount"] = trade.Amount.ToYuan();
        node["refund_amount"] = refund.Amount.ToYuan();
        node["refund_status"] = "REFUND_SUCCESS";
        if (Wants(request.Business, "gmt_refund_pay"))
            node["gmt_refund_pay"] = refund.At.ToAlipay();
        return node;
    }

    private static bool Wants(JsonElement business, string option)
        => business.TryGetProperty("query_options", out var options) && options.ValueKind == JsonValueKind.Array
            && options.EnumerateArray().Any(wanted => wanted.ValueKind == JsonValueKind.String && wanted.ValueEquals(option));
}

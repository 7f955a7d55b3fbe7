using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.fund.trans.common.query: where a transfer stands. What was under way ends when it is asked about.</summary>
public sealed class QueryTransfer(SimulatorStore store) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.fund.trans.common.query";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var number = request.Business.Text("out_biz_no");
        foreach (var name in (string[])["out_biz_no", "product_code", "biz_scene"])
        {
            if (request.Business.Text(name).Length == 0)
                return GatewayFault.Plain("INVALID_PARAMETER", $"参数有误：{name}").ToNode();
        }

        return store.Atomically(() =>
        {
            if (store.FindTransfer(number) is not { } transfer)
                return GatewayFault.Plain("ORDER_NOT_EXIST", "转账订单不存在").ToNode();

            var ended = transfer with { State = transfer.Becomes };
            store.Save(ended);
            return Told(ended, "pay_date");
        });
    }

    /// <summary>A transfer as an answer tells it.</summary>
    /// <param name="transfer">Which.</param>
    /// <param name="timeName">The two APIs call the time differently.</param>
    internal static JsonObject Told(Transfer transfer, string timeName)
    {
        var node = new JsonObject
        {
            ["code"] = "10000",
            ["msg"] = "Success",
            ["out_biz_no"] = transfer.OutBizNo,
            ["order_id"] = transfer.OrderId,
            ["status"] = transfer.Status,
        };
        if (transfer.State == TransferState.Fail)
            (node["error_code"], node["fail_reason"]) = ("PAYEE_CARD_INFO_ERROR", "收款方信息有误");
        else
            node[timeName] = transfer.At.ToAlipay();
        if (transfer.State == TransferState.Success)
            node["pay_fund_order_id"] = transfer.OrderId;
        return node;
    }
}

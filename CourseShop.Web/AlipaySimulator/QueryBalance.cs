using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.data.bill.balance.query: what the shop's account holds.</summary>
public sealed class QueryBalance(SimulatorStore store) : IServerCall
{
    /// <inheritdoc />
    public string Method => "alipay.data.bill.balance.query";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var balance = store.Balance().ToYuan();
        return new() { ["code"] = "10000", ["msg"] = "Success", ["total_amount"] = balance, ["available_amount"] = balance, ["freeze_amount"] = Money.Zero.ToYuan() };
    }
}

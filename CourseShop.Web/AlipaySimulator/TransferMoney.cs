using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.fund.trans.uni.transfer: sends money from the shop's account to somebody's, once per number.</summary>
public sealed class TransferMoney(SimulatorStore store, TimeProvider clock) : IServerCall
{
    private static readonly GatewayFault SystemError = GatewayFault.Plain("SYSTEM_ERROR", "系统繁忙");
    private static readonly GatewayFault PayeeNotExist = GatewayFault.Plain("PAYEE_NOT_EXIST", "收款用户不存在") with { IsSigned = false };

    /// <inheritdoc />
    public string Method => "alipay.fund.trans.uni.transfer";

    /// <inheritdoc />
    public IReadOnlyList<Mishearing> Mishearings => [new(Switch.TransferDenied, PayeeNotExist), new(Switch.TransferUnknown, SystemError), new(Switch.TransferUnheard, null)];

    /// <summary>The real Alipay does this only for apps that sign with certificates; here it can be tried without.</summary>
    public JsonObject Run(GatewayRequest request)
    {
        var content = new TransferContent(request.Business);
        if (content.Fault() is { } fault)
            return fault.ToNode();
        return store.Obeys(Switch.TransferNotDone) ? SystemError.ToNode() : store.Atomically(() => Send(Asked(content, clock.GetUtcNow())));
    }

    private JsonObject Send(Transfer asked)
    {
        if (store.FindTransfer(asked.OutBizNo) is { } known)
            return known.IsSame(asked) ? QueryTransfer.Told(known, "trans_date") : GatewayFault.Plain("PAYMENT_INFO_INCONSISTENCY", "两次请求商户单号一样，但是参数不一致").ToNode();
        if (store.Obeys(Switch.TransferWithoutBalance) || asked.Amount > store.Balance())
            return GatewayFault.Plain("BALANCE_IS_NOT_ENOUGH", "余额不足，请充值后，用原商户转账单据号重新发起").ToNode();

        var transfer = Ending(asked);
        store.Save(transfer);
        return QueryTransfer.Told(transfer, "trans_date");
    }

    private Transfer Ending(Transfer asked)
    {
        if (store.Obeys(Switch.TransferDealing))
            return asked with { State = TransferState.Dealing };
        return store.Obeys(Switch.TransferFails) ? asked with { State = TransferState.Dealing, Becomes = TransferState.Fail } : asked;
    }

    private static Transfer Asked(TransferContent content, DateTimeOffset now) => new()
    {
        OutBizNo = content.OutBizNo,
        OrderId = Transfer.NewOrderId(now),
        Amount = content.Amount,
        Identity = content.Identity,
        Name = content.Name,
        Title = content.Title,
        Remark = content.Remark,
        At = now,
        State = TransferState.Success,
        Becomes = TransferState.Success,
    };
}

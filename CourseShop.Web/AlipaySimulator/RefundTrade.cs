using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.refund: gives money back, once per number, and tells the shop's notify_url.</summary>
public sealed class RefundTrade(SimulatorStore store, TimeProvider clock) : IServerCall
{
    private static readonly GatewayFault BalanceNotEnough = GatewayFault.Business("SELLER_BALANCE_NOT_ENOUGH", "卖家余额不足");

    /// <inheritdoc />
    public string Method => "alipay.trade.refund";

    /// <inheritdoc />
    public IReadOnlyList<Mishearing> Mishearings =>
    [
        new(Switch.RefundDenied, BalanceNotEnough with { IsSigned = false }), new(Switch.RefundUnknown, GatewayFault.SystemError), new(Switch.RefundUnheard, null),
    ];

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var content = new RefundContent(request.Business);
        if (content.Fault() is { } fault)
            return fault.ToNode();
        if (store.Obeys(Switch.RefundNotDone))
            return GatewayFault.SystemError.ToNode();
        return store.Atomically(() => Refund(store.FindTrade(content.TradeNo, content.OutTradeNo), content));
    }

    /// <summary>Money of a paid trade goes back, and the shop's notify_url is told as the switches will have it.</summary>
    internal static (Trade Trade, TradeRefund Refund) GiveBack(SimulatorStore store, Trade trade, TradeRefund refund)
    {
        var refunded = trade with { Refunds = [.. trade.Refunds, refund] };
        store.Save(refunded);
        if (trade.NotifyUrl.Length > 0 && !store.Obeys(Switch.RefundNotificationNever))
            store.Save(Notification.Of(refunded, refund, refund.At));
        return (refunded, refund);
    }

    private JsonObject Refund(Trade? trade, RefundContent content)
    {
        var now = clock.GetUtcNow();
        if (trade is null || trade.StatusAt(now) == TradeStatus.NotYet)
            return GatewayFault.TradeNotExist.ToNode();

        var number = content.Number(trade);
        if (trade.Refunds.FirstOrDefault(refund => refund.Number == number) is { } known)
            return known.Amount == content.Amount ? Done(trade, known, isNew: false) : GatewayFault.Business("DISCORDANT_REPEAT_REQUEST", "请求信息不一致").ToNode();
        if (StatusFault(trade.StatusAt(now)) is { } wrongStatus)
            return wrongStatus.ToNode();
        if (content.AmountFault(trade) is { } wrongAmount)
            return wrongAmount.ToNode();
        if (store.Obeys(Switch.RefundWithoutBalance))
            return BalanceNotEnough.ToNode();

        var (refunded, refund) = GiveBack(store, trade, new TradeRefund(number, content.Amount, content.Reason, now));
        return Done(refunded, refund, isNew: true);
    }

    private static GatewayFault? StatusFault(TradeStatus status) => status switch
    {
        TradeStatus.WaitBuyerPay => GatewayFault.Business("TRADE_STATUS_ERROR", "交易状态不合法"),
        TradeStatus.TradeClosed => GatewayFault.Business("TRADE_HAS_CLOSE", "交易已经关闭"),
        TradeStatus.TradeFinished => GatewayFault.TradeHasFinished,
        _ => null,
    };

    private static JsonObject Done(Trade trade, TradeRefund refund, bool isNew) => new()
    {
        ["code"] = "10000",
        ["msg"] = "Success",
        ["trade_no"] = trade.TradeNo,
        ["out_trade_no"] = trade.OutTradeNo,
        ["buyer_user_id"] = Buyer.Of(trade.BuyerId).Id,
        ["buyer_logon_id"] = Buyer.Of(trade.BuyerId).LogonId,
        ["fund_change"] = isNew ? "Y" : "N",
        ["refund_fee"] = trade.Refunded.ToYuan(), // of the whole trade, not of this refund
        ["gmt_refund_pay"] = refund.At.ToAlipay(),
        ["send_back_fee"] = "0.00",
    };
}

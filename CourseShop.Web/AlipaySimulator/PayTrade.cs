using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>What the cashier does after a payment.</summary>
/// <param name="ReturnTo">Where the browser goes; null when it stays.</param>
public sealed record PaymentDone(string? ReturnTo);

/// <summary>The buyer pays: the trade succeeds and the notification is queued, as the switches will have it.</summary>
public sealed class PayTrade(SimulatorStore store, SimulatorKeys keys, TimeProvider clock)
{
    /// <param name="tradeNo">Alipay's number.</param>
    /// <param name="buyerId">Who pays; an unknown one is the first buyer.</param>
    /// <param name="late">Lets a payment after time_expire pass.</param>
    public Outcome<PaymentDone> Run(string tradeNo, string? buyerId, bool late = false)
    {
        var now = clock.GetUtcNow();
        return store.Atomically<Outcome<PaymentDone>>(() =>
        {
            if (store.FindTrade(tradeNo) is not { } trade)
                return new Refusal("没有这笔交易");
            if (trade.WhyNotPayable(now, late) is { } refusal)
                return refusal;

            var paid = trade.Pay(Buyer.Of(buyerId), store.Obeys(Switch.PaidYesterday) ? now.AddDays(-1) : now);
            store.Save(paid);
            Notify(paid, now);
            return new PaymentDone(store.Obeys(Switch.ReturnLost) ? null : ReturnAddress.Of(paid, keys, now));
        });
    }

    /// <summary>The buyer pays the same purchase once more: a second trade number for the shop's number, which Alipay forbids and shops must survive.</summary>
    public Outcome<PaymentDone> RunAgain(string tradeNo)
    {
        var now = clock.GetUtcNow();
        return store.Atomically<Outcome<PaymentDone>>(() =>
        {
            if (store.FindTrade(tradeNo) is not { PaidAt: not null } trade)
                return new Refusal("这笔交易还没有付款，不能再付一次");

            var second = trade.PayAgain(now);
            store.Save(second);
            Notify(second, now);
            return new PaymentDone(null);
        });
    }

    private void Notify(Trade trade, DateTimeOffset now)
    {
        if (store.Obeys(Switch.NotificationNever) || trade.NotifyUrl.Length == 0)
            return;

        var success = Bent(Notification.Of(trade, TradeStatus.TradeSuccess, now), trade);
        store.Save(success);
        if (store.Obeys(Switch.WaitAfterSuccess))
            store.Save(Notification.Of(trade, TradeStatus.WaitBuyerPay, success.DueAt!.Value).Later(TimeSpan.FromSeconds(2)));
        if (store.Obeys(Switch.ClosedAfterSuccess))
            store.Save(Notification.Of(trade, TradeStatus.TradeClosed, success.DueAt!.Value).Later(TimeSpan.FromSeconds(3)));
    }

    private Notification Bent(Notification notification, Trade trade)
    {
        if (store.Obeys(Switch.WrongAmount))
            notification = notification.Saying("total_amount", (trade.Amount > new Money(1) ? trade.Amount - new Money(1) : new Money(2)).ToYuan());
        if (store.Obeys(Switch.WrongSeller))
            notification = notification.Saying("seller_id", "2088000000000999");
        if (store.Obeys(Switch.WrongApp))
            notification = notification.Saying("app_id", "2021000000000999").Saying("auth_app_id", "2021000000000999");
        if (store.Obeys(Switch.GbkNotification))
            notification = notification.Saying("charset", "GBK");
        if (store.Obeys(Switch.NotificationLate, out var delay))
            notification = notification.Later(delay);
        return notification with
        {
            LosesFirst = store.Obeys(Switch.NotificationLost),
            ComesTwice = store.Obeys(Switch.NotificationTwice),
            IsBadlySigned = store.Obeys(Switch.BadSignature),
            HasOddMediaType = store.Obeys(Switch.OddMediaType),
        };
    }
}

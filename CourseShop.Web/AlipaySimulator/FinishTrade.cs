using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>Ends the time in which a paid trade can be refunded, as a year would.</summary>
public sealed class FinishTrade(SimulatorStore store, TimeProvider clock)
{
    /// <param name="tradeNo">Alipay's number.</param>
    public Outcome<Done> Run(string tradeNo)
    {
        var now = clock.GetUtcNow();
        return store.Atomically<Outcome<Done>>(() =>
        {
            if (store.FindTrade(tradeNo) is not { } trade || trade.StatusAt(now) != TradeStatus.TradeSuccess)
                return new Refusal("只有付款成功的交易才会过退款期");

            store.Save(trade with { FinishedAt = now });
            return new Done();
        });
    }
}

namespace CourseShop.AlipaySimulator;

/// <summary>The customer opens the cashier: this is when Alipay begins to know the trade.</summary>
public sealed class OpenCashier(SimulatorStore store, TimeProvider clock)
{
    /// <summary>The trade as the cashier shows it; null when there is none.</summary>
    public Trade? Run(string tradeNo) => store.Atomically(() =>
    {
        if (store.FindTrade(tradeNo) is not { } trade)
            return null;

        var opened = trade.Open(clock.GetUtcNow());
        if (opened != trade)
            store.Save(opened);
        return opened;
    });
}

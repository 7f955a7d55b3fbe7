namespace CourseShop.Tests.Simulation;

/// <summary>Something that may happen.</summary>
/// <param name="Weight">How often, beside the others.</param>
/// <param name="Take">Lets it begin.</param>
internal sealed record Step(int Weight, Action<SimulatedDay> Take)
{
    /// <summary>All of them. A new verb gets a method in one of the files and a line here.</summary>
    public static IReadOnlyList<Step> All { get; } =
    [
        new(44, ShopperSteps.Place),
        new(30, ShopperSteps.OpenPayment),
        new(30, ShopperSteps.VisitAndPay),
        new(4, ShopperSteps.PayOddly),
        new(12, ShopperSteps.AskWhetherPaid),
        new(12, ShopperSteps.ComeBack),
        new(14, ShopperSteps.Cancel),
        new(30, GatewaySteps.Notify),
        new(6, GatewaySteps.LoseNews),
        new(6, GatewaySteps.TellOldNews),
        new(1, GatewaySteps.Finish),
        new(16, ShopSteps.Sweep),
        new(14, ShopSteps.SendRefunds),
        new(6, ShopSteps.SendBackHeldMoney),
        new(6, ShopSteps.AcceptHeldMoney),
        new(12, RefundSteps.Ask),
        new(3, RefundSteps.TakeBack),
        new(10, RefundSteps.Refund),
        new(10, RefundSteps.Decide),
        new(14, WalletSteps.TopUp),
        new(12, WalletSteps.PayOrder),
        new(14, WalletSteps.Tip),
        new(4, WalletSteps.TakeBackTip),
        new(8, WalletSteps.Withdraw),
        new(8, WalletSteps.Decide),
        new(8, WalletSteps.Send),
        new(2, ShopSteps.Reprice),
        new(30, TroubleSteps.SecondsPass),
        new(10, TroubleSteps.MinutesPass),
        new(4, TroubleSteps.DeadlinesPass),
        new(1, TroubleSteps.ClockIsSet),
        new(4, TroubleSteps.WeatherChanges),
        new(5, TroubleSteps.DatabaseFails),
        new(3, TroubleSteps.ConnectionsBreak),
        new(4, TroubleSteps.ProcessCrashes),
    ];
}

using System.Text.Json;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>The shop's account: what left it, what it holds, what moved on a day.</summary>
public sealed partial class SimulatorStore
{
    /// <summary>What the account held before the first trade, so that there is something to pay out.</summary>
    public static readonly Money OpeningBalance = Money.Yuan(100_000);

    public Transfer? FindTransfer(string outBizNo) => Read<Transfer>("SELECT facts FROM transfers WHERE out_biz_no = $1", outBizNo).SingleOrDefault();

    public void Save(Transfer transfer) => Execute(
        "INSERT INTO transfers VALUES ($1, $2) ON CONFLICT DO UPDATE SET facts = excluded.facts",
        transfer.OutBizNo, JsonSerializer.Serialize(transfer, Json));

    public IReadOnlyList<Transfer> LatestTransfers(int count) => Read<Transfer>("SELECT facts FROM transfers ORDER BY rowid DESC LIMIT $1", count);

    /// <summary>What was paid, less what went back and what was transferred; never less than nothing.</summary>
    public Money Balance()
    {
        var came = PaidTrades().Sum(trade => trade.Amount.Fen - trade.Refunded.Fen);
        var left = Read<Transfer>("SELECT facts FROM transfers").Where(transfer => transfer.State != TransferState.Fail).Sum(transfer => transfer.Amount.Fen);
        return Money.Max(Money.Zero, OpeningBalance + new Money(came - left));
    }

    /// <summary>Everything that was ever paid, the oldest first.</summary>
    public IReadOnlyList<Trade> PaidTrades() => Read<Trade>("SELECT facts FROM trades WHERE facts ->> '$.PaidAt' IS NOT NULL ORDER BY rowid");
}

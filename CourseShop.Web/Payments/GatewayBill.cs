using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>What a line of a gateway's bill tells.</summary>
public enum BillEntryKind
{
    /// <summary>A buyer paid (Alipay: 交易).</summary>
    Payment,

    /// <summary>Money went back to a buyer (Alipay: 退款).</summary>
    Refund,
}

/// <summary>One movement of money as the gateway's bill of a day lists it, in a channel-neutral form.</summary>
/// <param name="Kind">In or out.</param>
/// <param name="TradeNo">The gateway's number of the trade.</param>
/// <param name="OutTradeNo">Our number of the attempt.</param>
/// <param name="RefundNumber">Our number of the refund; null for payments.</param>
/// <param name="Amount">What moved, in fen, never negative; the kind says which way.</param>
/// <param name="Fee">What the gateway kept, in fen: positive where it took a fee, negative where it gave one back.</param>
/// <param name="At">When it moved, UTC.</param>
public sealed record BillEntry(BillEntryKind Kind, string TradeNo, string OutTradeNo, string? RefundNumber, Money Amount, Money Fee, DateTimeOffset At);

/// <summary>
/// A gateway's bill of one Beijing day, read as a stream so that its length does not matter. Reading throws <see cref="BrokenBillException"/> where
/// the bill contradicts itself (cut off, a row that makes no sense, sums at its end that are not those of its rows).
/// </summary>
public abstract class GatewayBill : IAsyncDisposable
{
    /// <summary>The rows, in the bill's order; may be read once.</summary>
    /// <param name="stop">Stops reading.</param>
    public abstract IAsyncEnumerable<BillEntry> ReadAsync(CancellationToken stop);

    /// <summary>Lets go of what was downloaded.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A bill that can't be believed as it came: nothing of it may be taken for the whole.</summary>
/// <param name="sentence">What is wrong with it, for staff.</param>
public sealed class BrokenBillException(string sentence) : Exception(sentence);

using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>
/// A row of a gateway's bill as one run imported it. It may be believed only once that run has read the whole bill and is the current one of its day.
/// Amounts in fen, times in UTC.
/// </summary>
public sealed class BillLine
{
    private BillLine()
    {
    }

    /// <summary>The run that imported it; it tells the channel and the day.</summary>
    public Reconciliation Reconciliation { get; private set; } = null!;

    /// <summary>Its row number.</summary>
    public long ReconciliationId { get; private set; }

    /// <summary>Which row of the bill it was; 1 for the first.</summary>
    public int Position { get; private set; }

    /// <summary>In or out.</summary>
    public BillEntryKind Kind { get; private set; }

    /// <summary>The gateway's number of the trade (Alipay: 支付宝交易号).</summary>
    public string TradeNo { get; private set; } = "";

    /// <summary>Our number of the attempt (Alipay: 商户订单号).</summary>
    public string OutTradeNo { get; private set; } = "";

    /// <summary>Our number of the refund (Alipay: 退款批次号/请求号); empty for payments.</summary>
    public string RefundNumber { get; private set; } = "";

    /// <summary>What moved, in fen, never negative.</summary>
    public Money Amount { get; private set; }

    /// <summary>What the gateway kept, in fen; negative where it gave a fee back.</summary>
    public Money Fee { get; private set; }

    /// <summary>When it moved, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The line of an entry.</summary>
    /// <param name="reconciliationId">The run that reads the bill.</param>
    /// <param name="position">1 for the first row.</param>
    /// <param name="entry">A refund without a number of its own goes by its trade's, as it does at Alipay.</param>
    public static BillLine Of(long reconciliationId, int position, BillEntry entry) => new()
    {
        ReconciliationId = reconciliationId,
        Position = position,
        Kind = entry.Kind,
        TradeNo = entry.TradeNo,
        OutTradeNo = entry.OutTradeNo,
        RefundNumber = entry.Kind == BillEntryKind.Payment ? "" : entry.RefundNumber ?? entry.OutTradeNo,
        Amount = entry.Amount,
        Fee = entry.Fee,
        At = entry.At,
    };
}

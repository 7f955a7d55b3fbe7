using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>
/// One point in which a day's bill and the shop's books differ, with the facts of both. It belongs to one run; a person's word on it is carried over to the
/// next run where the same comes out again. Amounts in fen, times in UTC.
/// </summary>
public sealed class ReconciliationDifference
{
    private ReconciliationDifference()
    {
    }

    /// <summary>Row number.</summary>
    public long Id { get; private set; }

    /// <summary>The run that found it.</summary>
    public Reconciliation Reconciliation { get; private set; } = null!;

    /// <summary>Its row number.</summary>
    public long ReconciliationId { get; private set; }

    /// <summary>What it is about.</summary>
    public DifferenceKind Kind { get; private set; }

    /// <summary>The gateway's number of the trade.</summary>
    public string TradeNo { get; private set; } = "";

    /// <summary>Our number of the attempt, as the bill has it, else as the books have it.</summary>
    public string OutTradeNo { get; private set; } = "";

    /// <summary>The refund's number; empty where it is about a payment.</summary>
    public string RefundNumber { get; private set; } = "";

    /// <summary>What moved by the bill; null when it isn't there.</summary>
    public Money? BillAmount { get; private set; }

    /// <summary>When, by the bill, UTC.</summary>
    public DateTimeOffset? BillAt { get; private set; }

    /// <summary>What moved by the books, or what the attempt asks for where nothing came; null when they know nothing.</summary>
    public Money? OurAmount { get; private set; }

    /// <summary>When, by the books, UTC.</summary>
    public DateTimeOffset? OurAt { get; private set; }

    /// <summary>Where the payment stands in the books; null when they have none of that number.</summary>
    public PaymentStatus? OurStatus { get; private set; }

    /// <summary>Where the refund stands in the books; null when they have none of that number.</summary>
    public RefundStatus? OurRefundStatus { get; private set; }

    /// <summary>The number that the trade has in the books.</summary>
    public string? OurOutTradeNo { get; private set; }

    /// <summary>What the payment is for, such as an order's number.</summary>
    public string? PurposeNumber { get; private set; }

    /// <summary>What the gateway said last about it.</summary>
    public DifferenceAnswer? Answer { get; private set; }

    /// <summary>When it said so, UTC.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>How it was cleared up; null while it is open.</summary>
    public DifferenceEnding? Ending { get; private set; }

    /// <summary>Who cleared it up; null for the shop itself.</summary>
    public long? EndedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What that person wrote.</summary>
    public string? Note { get; private set; }

    /// <summary>Nobody cleared it up yet.</summary>
    public bool IsOpen => Ending is null;

    /// <summary>It is about a refund.</summary>
    public bool IsRefund => RefundNumber.Length > 0;

    /// <summary>The one thing that can safely be pressed. Nothing ever changes an amount or takes back what was given.</summary>
    public DifferenceAction Action => Kind switch
    {
        DifferenceKind.MissingHere or DifferenceKind.PaidTwice when OurStatus is not null => DifferenceAction.Settle,
        DifferenceKind.State when OurStatus == PaymentStatus.Closed && !IsRefund => DifferenceAction.Settle,
        DifferenceKind.MissingThere => DifferenceAction.AskTrade,
        DifferenceKind.Refund when OurRefundStatus is not null => DifferenceAction.AskRefund,
        _ => DifferenceAction.None,
    };

    /// <summary>A row of what a run found.</summary>
    /// <param name="reconciliationId">The run.</param>
    /// <param name="found">What the comparison says.</param>
    public static ReconciliationDifference Of(long reconciliationId, FoundDifference found) => new()
    {
        ReconciliationId = reconciliationId,
        Kind = (DifferenceKind)found.Kind,
        TradeNo = found.TradeNo,
        OutTradeNo = found.OutTradeNo,
        RefundNumber = found.RefundNumber,
        BillAmount = found.BillAmount is { } bill ? new Money(bill) : null,
        BillAt = Instant(found.BillAt),
        OurAmount = found.OurAmount is { } ours ? new Money(ours) : null,
        OurAt = Instant(found.OurAt),
        OurStatus = (PaymentStatus?)found.OurStatus,
        OurRefundStatus = (RefundStatus?)found.OurRefundStatus,
        OurOutTradeNo = found.OurOutTradeNo,
        PurposeNumber = found.PurposeNumber,
    };

    /// <summary>Whether the run after it found the same again: the same point, with the same facts on both sides.</summary>
    /// <param name="other">What another run of the day found.</param>
    public bool IsSameAs(ReconciliationDifference other) =>
        (Kind, TradeNo, OutTradeNo, RefundNumber) == (other.Kind, other.TradeNo, other.OutTradeNo, other.RefundNumber)
        && (BillAmount, OurAmount, OurStatus, OurRefundStatus, OurOutTradeNo) == (other.BillAmount, other.OurAmount, other.OurStatus, other.OurRefundStatus, other.OurOutTradeNo);

    /// <summary>A person's word of before still holds.</summary>
    /// <param name="before">The same difference, which somebody cleared up.</param>
    public void Inherit(ReconciliationDifference before)
    {
        if (before.Ending != DifferenceEnding.Verified || !IsSameAs(before))
            throw new InvalidOperationException($"Difference {Id} is another one than {before.Id}, or nobody vouched for that.");
        (Ending, EndedBy, EndedAt, Note) = (before.Ending, before.EndedBy, before.EndedAt, before.Note);
        (Answer, AskedAt) = (before.Answer, before.AskedAt);
    }

    /// <summary>The gateway was asked; money that is booked clears it up.</summary>
    /// <param name="answer">What it said.</param>
    /// <param name="staffId">Who asked.</param>
    /// <param name="now">UTC.</param>
    public void Hear(DifferenceAnswer answer, long staffId, DateTimeOffset now)
    {
        (Answer, AskedAt) = (answer, now);
        if (IsOpen && answer == DifferenceAnswer.Booked)
            (Ending, EndedBy, EndedAt) = (DifferenceEnding.Booked, staffId, now);
    }

    /// <summary>Somebody looked into it.</summary>
    /// <param name="note">What it was.</param>
    /// <param name="staffId">Who says so.</param>
    /// <param name="now">UTC.</param>
    public void Verify(string note, long staffId, DateTimeOffset now)
    {
        if (!IsOpen)
            throw new InvalidOperationException($"Difference {Id} was cleared up: {Ending}.");
        (Ending, EndedBy, EndedAt, Note) = (DifferenceEnding.Verified, staffId, now, note);
    }

    private static DateTimeOffset? Instant(long? ms) => ms is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}

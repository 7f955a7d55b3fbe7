using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>Why money goes back.</summary>
public enum RefundCause
{
    /// <summary>It came after the order had ended, and what it bought can't be given any more.</summary>
    LateMoney,

    /// <summary>It came for an order that was paid already.</summary>
    SecondMoney,

    /// <summary>It didn't fit, and staff sent it back.</summary>
    HeldMoney,

    /// <summary>What it bought is taken back.</summary>
    TakenBack,

    /// <summary>More came than was asked for; the rest counts.</summary>
    Surplus,
}

/// <summary>Where a refund stands.</summary>
public enum RefundStatus
{
    /// <summary>To be sent, or sent without a sure answer: it is tried until the gateway's answer is known.</summary>
    Open,

    /// <summary>The money went back.</summary>
    Done,

    /// <summary>The gateway refused for good: staff must find another way.</summary>
    Refused,
}

/// <summary>
/// Money on its way back to a buyer. It is saved with its own number before anything is sent, so that the same number is sent again after any
/// crash or silence, and the money moves once. Amounts in fen, times in UTC.
/// </summary>
public sealed class Refund
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private Refund()
    {
    }

    internal Refund(Payment payment, string number, Money amount, RefundCause cause, DateTimeOffset now)
    {
        Payment = payment;
        RefundNumber = number;
        Amount = amount;
        Cause = cause;
        CreatedAt = now;
        NextTryAt = now;
    }

    /// <summary>Row number.</summary>
    public long Id { get; private set; }

    /// <summary>The payment whose money goes back.</summary>
    public Payment Payment { get; private set; } = null!;

    /// <summary>Its row number.</summary>
    public long PaymentId { get; private set; }

    /// <summary>Our number at the gateway (Alipay: out_request_no); unique, never used again.</summary>
    public string RefundNumber { get; private set; } = "";

    /// <summary>In fen.</summary>
    public Money Amount { get; private set; }

    /// <summary>Why.</summary>
    public RefundCause Cause { get; private set; }

    /// <summary>Where it stands.</summary>
    public RefundStatus Status { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it is tried next, UTC; meaningful while open.</summary>
    public DateTimeOffset NextTryAt { get; private set; }

    /// <summary>When it was last sent or asked about, UTC.</summary>
    public DateTimeOffset? TriedAt { get; private set; }

    /// <summary>How often it was sent or asked about.</summary>
    public int Tries { get; private set; }

    /// <summary>What the gateway said last, for staff.</summary>
    public string? LastCode { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>It may have reached the gateway: ask before sending again.</summary>
    public bool WasSent => Tries > 0;

    /// <summary>Before a call: nobody else tries meanwhile, and if nothing is heard the next try waits longer.</summary>
    /// <param name="now">UTC.</param>
    public void Try(DateTimeOffset now)
    {
        RequireOpen();
        TriedAt = now;
        Tries++;
        var wait = FirstWait * Math.Pow(2, Math.Min(Tries - 1, 10));
        NextTryAt = now + (wait < LongestWait ? wait : LongestWait);
    }

    /// <summary>The money went back. Its payment is loaded.</summary>
    /// <param name="now">UTC.</param>
    public void Complete(DateTimeOffset now)
    {
        RequireOpen();
        Status = RefundStatus.Done;
        DoneAt = now;
        if (Payment.IsStray)
            Payment.Return();
    }

    /// <summary>The gateway refused for good: what it took of its payment is free again, and staff decide. The payment is loaded.</summary>
    /// <param name="code">What it said.</param>
    public void Refuse(string? code)
    {
        RequireOpen();
        Status = RefundStatus.Refused;
        LastCode = code;
        Payment.GiveUp(Amount);
        if (Payment.IsStray)
            Payment.Hold();
    }

    /// <summary>No sure answer: it stays open.</summary>
    /// <param name="code">What was heard, if anything.</param>
    public void StayOpen(string? code)
    {
        RequireOpen();
        LastCode = code;
    }

    private void RequireOpen()
    {
        if (Status != RefundStatus.Open)
            throw new InvalidOperationException($"Refund {RefundNumber} is {Status}.");
    }
}

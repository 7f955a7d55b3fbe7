namespace CourseShop.Payments;

/// <summary>Where something stands that has no state but its attempts to pay.</summary>
public enum PaymentStanding
{
    /// <summary>It can be paid, or may have been: the gateway is asked.</summary>
    Awaiting,

    /// <summary>Its money came.</summary>
    Paid,

    /// <summary>It ended unpaid. Money that comes late is still booked.</summary>
    Ended,
}

/// <summary>A top-up or a tip on its way to being paid, as its cashier shows it. Amounts in fen, times in UTC.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Amount">What is asked for.</param>
/// <param name="PayBy">The deadline.</param>
/// <param name="PaidAt">When its money came.</param>
/// <param name="Attempts">First one first.</param>
public sealed record AwaitedPayment(string Number, Common.Money Amount, DateTimeOffset PayBy, DateTimeOffset? PaidAt, IReadOnlyList<Payment> Attempts)
{
    /// <summary>Money that came and can't be used as it came, or went back.</summary>
    public Payment? Stray => Attempts.FirstOrDefault(payment => payment.IsStray || payment.Status == PaymentStatus.Returned);

    /// <summary>Where it stands.</summary>
    public PaymentStanding Standing(DateTimeOffset now) =>
        PaidAt is not null ? PaymentStanding.Paid : now < PayBy || Attempts.Any(payment => payment.Status == PaymentStatus.Opened) ? PaymentStanding.Awaiting : PaymentStanding.Ended;

    /// <summary>Past its deadline, and the gateway has not said yet whether it was paid.</summary>
    public bool IsOverdue(DateTimeOffset now) => PaidAt is null && PayBy <= now;

    /// <summary>Until the deadline.</summary>
    public TimeSpan TimeLeft(DateTimeOffset now) => now < PayBy ? PayBy - now : TimeSpan.Zero;
}

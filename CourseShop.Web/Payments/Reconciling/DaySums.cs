using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>What moved on one day by one side's books, in fen.</summary>
/// <param name="Payments">How many payments came in.</param>
/// <param name="Received">Their sum.</param>
/// <param name="Refunds">How many refunds went out.</param>
/// <param name="Refunded">Their sum, not negative.</param>
/// <param name="Fees">What the gateway kept; the shop's own books know nothing of it.</param>
public sealed record DaySums(int Payments, Money Received, int Refunds, Money Refunded, Money Fees)
{
    /// <summary>Nothing moved.</summary>
    public static DaySums None => new(0, Money.Zero, 0, Money.Zero, Money.Zero);

    /// <summary>What is left of the day: received, less refunds and fees.</summary>
    public Money Net => Received - Refunded - Fees;
}

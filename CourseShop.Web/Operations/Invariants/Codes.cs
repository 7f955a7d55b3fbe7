using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;

namespace CourseShop.Operations.Invariants;

/// <summary>States as the database keeps them.</summary>
internal static class Codes
{
    public const int Awaiting = (int)OrderStatus.AwaitingPayment;
    public const int Paid = (int)OrderStatus.Paid;
    public const int PartRefunded = (int)OrderStatus.PartRefunded;
    public const int Refunded = (int)OrderStatus.Refunded;

    public const int Settled = (int)PaymentStatus.Settled;
    public const int Held = (int)PaymentStatus.Held;
    public const int Late = (int)PaymentStatus.Late;
    public const int Second = (int)PaymentStatus.Second;
    public const int Returned = (int)PaymentStatus.Returned;

    public const int GoingBack = (int)RefundStatus.Open;
    public const int WentBack = (int)RefundStatus.Done;
    public const int Refused = (int)RefundStatus.Refused;
    public const int TakenBack = (int)RefundCause.TakenBack;
    public const int Surplus = (int)RefundCause.Surplus;

    public const int RefundRequested = (int)OrderRefundStatus.Requested;
    public const int RefundOpen = (int)OrderRefundStatus.Open;
    public const int RefundDone = (int)OrderRefundStatus.Done;
    public const int RefundFailed = (int)OrderRefundStatus.Failed;

    public const int CouponAvailable = (int)IssuedCouponStatus.Available;
    public const int CouponHeld = (int)IssuedCouponStatus.Held;
    public const int CouponUsed = (int)IssuedCouponStatus.Used;

    /// <summary>Orders that were paid, whatever was taken back since.</summary>
    public static readonly string WerePaid = $"{Paid}, {PartRefunded}, {Refunded}";

    public static readonly string EndedUnpaid = $"{(int)OrderStatus.Cancelled}, {(int)OrderStatus.TimedOut}";

    /// <summary>Payments that can still be paid.</summary>
    public static readonly string LivePayments = $"{(int)PaymentStatus.Created}, {(int)PaymentStatus.Opened}";

    /// <summary>Money that fits nothing, and money that went back whole.</summary>
    public static readonly string StrayPayments = $"{Held}, {Late}, {Second}, {Returned}";

    /// <summary>Refunds that take money: open or done.</summary>
    public static readonly string Going = $"{GoingBack}, {WentBack}";

    /// <summary>What refunds take of payment <c>p</c>, of some causes or of all.</summary>
    public static string TakenOf(string states, string? causes = null) =>
        $"COALESCE((SELECT SUM(r.\"Amount\") FROM \"Refunds\" r WHERE r.\"PaymentId\" = p.\"Id\" AND r.\"Status\" IN ({states}){(causes is null ? "" : $" AND r.\"Cause\" IN ({causes})")}), 0)";

    /// <summary>What came with settled payment <c>p</c>, without what was too much and goes back.</summary>
    public static readonly string Kept = $"(p.\"AmountReceived\" - p.\"AlreadyRefunded\" - {TakenOf(Going, $"{Surplus}")})";

    /// <summary>The gateway refused for good to take payment <c>p</c>'s surplus back.</summary>
    public static readonly string HasRefusedSurplus = $"EXISTS (SELECT 1 FROM \"Refunds\" r WHERE r.\"PaymentId\" = p.\"Id\" AND r.\"Cause\" = {Surplus} AND r.\"Status\" = {Refused})";

    /// <summary>Payments <c>p</c> of orders <c>o</c>.</summary>
    public static readonly string PaymentsOfOrders = "\"Payments\" p JOIN \"Orders\" o ON o.\"Number\" = p.\"PurposeNumber\"";
}

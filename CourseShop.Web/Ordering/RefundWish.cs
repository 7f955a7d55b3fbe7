using CourseShop.Common;

namespace CourseShop.Ordering;

/// <summary>What a refund form sends: the lines, why, and what its sender saw that it brings.</summary>
/// <param name="LineIds">Lines of one order.</param>
/// <param name="Reason">In the sender's words.</param>
/// <param name="AgreedMoney">The money that the preview showed.</param>
/// <param name="AgreedCredits">The credits that the preview showed.</param>
public sealed record RefundWish(IReadOnlyList<long> LineIds, string Reason, Money AgreedMoney, int AgreedCredits);

namespace CourseShop.Payments.Reconciling;

/// <summary>A difference as the comparison yields it: amounts in fen, times in unix milliseconds, states as their numbers.</summary>
public sealed record FoundDifference(
    int Kind, string TradeNo, string OutTradeNo, string RefundNumber, long? BillAmount, long? BillAt,
    long? OurAmount, long? OurAt, int? OurStatus, int? OurRefundStatus, string? OurOutTradeNo, string? PurposeNumber);

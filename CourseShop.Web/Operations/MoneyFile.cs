using CourseShop.Learning;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;

namespace CourseShop.Operations;

/// <summary>Everything that is known of an order's money, each list oldest first.</summary>
public sealed record MoneyFile(
    Order Order, string Buyer, IReadOnlyList<Payment> Payments, IReadOnlyList<Refund> Refunds, IReadOnlyList<OrderRefund> Requests, IReadOnlyList<PaymentNotification> Notifications,
    IReadOnlyList<CreditEntry> Credits, IReadOnlyList<Enrollment> Access, IssuedCoupon? Coupon)
{
    public IReadOnlyList<MoneyClause> Story => MoneyStory.Of(Order, Payments, Refunds, Requests);
}

/// <summary>What a number leads to: an order's money, or only what Alipay (or somebody who pretends to be Alipay) said of it.</summary>
public sealed record MoneyTrace(MoneyFile? File, IReadOnlyList<PaymentNotification> Strange)
{
    public bool IsNothing => File is null && Strange.Count == 0;
}

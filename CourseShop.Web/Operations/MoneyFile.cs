using CourseShop.Learning;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Promotions;

namespace CourseShop.Operations;

/// <summary>Everything that is known of an order's money, each list oldest first.</summary>
public sealed record MoneyFile(
    Order Order, string Buyer, IReadOnlyList<Payment> Payments, IReadOnlyList<Refund> Refunds, IReadOnlyList<OrderRefund> Requests, IReadOnlyList<PaymentNotification> Notifications,
    IReadOnlyList<CreditEntry> Credits, IReadOnlyList<Enrollment> Access, IssuedCoupon? Coupon, IReadOnlyList<BillLine> Bill)
{
    public IReadOnlyList<MoneyClause> Story => MoneyStory.Of(Order, Payments, Refunds, Requests);
}

/// <summary>What a number leads to: an order's money, a wallet's, or only what Alipay (or somebody who pretends to be Alipay) said of it: in notifications and in its bills.</summary>
public sealed record MoneyTrace(MoneyFile? File, IReadOnlyList<PaymentNotification> Notifications, IReadOnlyList<BillLine> Bill, WalletFile? Wallet = null);

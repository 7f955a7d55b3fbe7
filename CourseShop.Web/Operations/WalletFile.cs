using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Publishing;
using CourseShop.Wallets;

namespace CourseShop.Operations;

/// <summary>Everything that is known of a top-up's, a tip's or a withdrawal's money, each list oldest first; one of the three is there.</summary>
public sealed record WalletFile(
    string Number, string Owner, TopUp? TopUp, Tip? Tip, Withdrawal? Withdrawal, IReadOnlyList<Payment> Payments, IReadOnlyList<Refund> Refunds, IReadOnlyList<WalletEntry> Entries,
    IReadOnlyList<PaymentNotification> Notifications, IReadOnlyList<BillLine> Bill);

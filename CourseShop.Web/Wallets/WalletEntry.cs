using CourseShop.Common;
using CourseShop.Payments;

namespace CourseShop.Wallets;

/// <summary>Why a wallet's balance changed.</summary>
public enum WalletKind
{
    /// <summary>充值.</summary>
    TopUp,

    /// <summary>支付订单.</summary>
    OrderPaid,

    /// <summary>退款.</summary>
    Refund,

    /// <summary>收到赞赏.</summary>
    TipIn,

    /// <summary>送出赞赏.</summary>
    TipOut,

    /// <summary>平台分成: what the platform keeps of a tip. Out of the author's wallet, into the platform's.</summary>
    PlatformShare,

    /// <summary>提现.</summary>
    Withdrawal,

    /// <summary>提现退回.</summary>
    WithdrawalReturned,
}

/// <summary>钱包: one row of a wallet's ledger. Rows are only ever added; the balance is their sum, and never below zero.</summary>
/// <param name="userId">Whose; null is the platform's own.</param>
/// <param name="amount">Negative when it goes out.</param>
/// <param name="kind">Why, in its owner's words.</param>
/// <param name="reasonKey">Unique: the same reason can never be booked twice.</param>
/// <param name="reference">The number of the order, top-up, tip or withdrawal that it belongs to.</param>
/// <param name="at">When.</param>
public sealed class WalletEntry(long? userId, Money amount, WalletKind kind, string reasonKey, string reference, DateTimeOffset at)
{
    public long Id { get; private set; }
    public long? UserId { get; private set; } = userId;
    public Money Amount { get; private set; } = amount;
    public WalletKind Kind { get; private set; } = kind;
    public string ReasonKey { get; private set; } = reasonKey;
    public string Reference { get; private set; } = reference;
    public DateTimeOffset At { get; private set; } = at;

    public static WalletEntry ToppedUp(TopUp topUp, DateTimeOffset at) => new(topUp.UserId, topUp.Amount, WalletKind.TopUp, $"top-up:{topUp.Number}", topUp.Number, at);

    /// <summary>Something is paid from the balance.</summary>
    public static WalletEntry Paid(long userId, Payment payment, DateTimeOffset at) =>
        new(userId, Money.Zero - payment.Amount, payment.Purpose == PaymentPurpose.Tip ? WalletKind.TipOut : WalletKind.OrderPaid, PaidKey(payment), payment.PurposeNumber, at);

    /// <summary>What was paid from the balance comes back, in whole or in part.</summary>
    public static WalletEntry GivenBack(long userId, Refund refund, DateTimeOffset at) =>
        new(userId, refund.Amount, WalletKind.Refund, $"refund:{refund.RefundNumber}", refund.Payment.PurposeNumber, at);

    /// <summary>A tip reaches its author, less the platform's share; or is taken back from both.</summary>
    /// <param name="authorId">Whose wallet.</param>
    /// <param name="amount">The whole tip; negative when it is taken back.</param>
    /// <param name="share">What the platform keeps of it; negative when it is taken back.</param>
    /// <param name="number">The tip's.</param>
    /// <param name="moment">Which of its moments: each happens once.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<WalletEntry> Tip(long authorId, Money amount, Money share, string number, string moment, DateTimeOffset at)
    {
        yield return new(authorId, amount, WalletKind.TipIn, $"tip:{number}:{moment}", number, at);
        if (share.IsZero)
            yield break;
        yield return new(authorId, Money.Zero - share, WalletKind.PlatformShare, $"tip:{number}:{moment}:share", number, at);
        yield return new(null, share, WalletKind.PlatformShare, $"tip:{number}:{moment}:platform", number, at);
    }

    /// <summary>A withdrawal was asked for.</summary>
    public static WalletEntry Withdrawn(Withdrawal withdrawal, DateTimeOffset at) =>
        new(withdrawal.UserId, Money.Zero - withdrawal.Amount, WalletKind.Withdrawal, $"withdrawal:{withdrawal.Number}", withdrawal.Number, at);

    /// <summary>It was declined, or failed.</summary>
    public static WalletEntry Returned(Withdrawal withdrawal, DateTimeOffset at) =>
        new(withdrawal.UserId, withdrawal.Amount, WalletKind.WithdrawalReturned, $"withdrawal:{withdrawal.Number}:returned", withdrawal.Number, at);

    /// <summary>The reason of the row that a payment was made with.</summary>
    public static string PaidKey(Payment payment) => $"pay:{payment.OutTradeNo}";
}

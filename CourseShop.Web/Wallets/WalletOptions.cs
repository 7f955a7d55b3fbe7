using CourseShop.Common;

namespace CourseShop.Wallets;

/// <summary>The section <c>Wallets</c> of the settings.</summary>
public sealed class WalletOptions
{
    /// <summary>How long a top-up or a tip waits for its money.</summary>
    public TimeSpan PaymentTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The least that can be withdrawn at once, in yuan; Alipay transfers nothing below 0.10.</summary>
    public decimal MinimumWithdrawal { get; set; } = 10;

    /// <summary>The most that one person may withdraw on a day of Beijing's calendar, in yuan.</summary>
    public decimal DailyWithdrawalLimit { get; set; } = 5_000;

    /// <summary>How many days a tip stays in the wallet before it can be withdrawn; it can be spent at once.</summary>
    public int TipHoldingDays { get; set; } = 7;

    /// <summary>The minimum as money.</summary>
    public Money Minimum => new((long)(MinimumWithdrawal * 100));

    /// <summary>The daily limit as money.</summary>
    public Money DailyLimit => new((long)(DailyWithdrawalLimit * 100));
}

using CourseShop.Wallets;

namespace CourseShop.Pages.Wallet;

/// <summary>The colour of a withdrawal's state.</summary>
public static class WithdrawalView
{
    public static string Tone(this WithdrawalStatus status) => status switch
    {
        WithdrawalStatus.Paid => "jade",
        WithdrawalStatus.Declined or WithdrawalStatus.Failed => "plain",
        _ => "amber",
    };
}

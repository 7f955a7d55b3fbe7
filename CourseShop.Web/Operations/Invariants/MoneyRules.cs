namespace CourseShop.Operations.Invariants;

/// <summary>Every invariant of the shop's money, in order. What keeps money brings its own file and stands here.</summary>
public static class MoneyRules
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        .. PaidOrders.Rules, .. RefundedMoney.Rules, .. Access.Rules, .. CouponUse.Rules, .. OrderSums.Rules,
        .. CreditLedger.Rules, .. WalletLedger.Rules, .. EndedOrders.Rules, .. TrialBalance.Rules, .. Histories.Rules, .. Waiting.Rules,
    ];

    /// <summary>What a number stands for; null for one of another version of the shop.</summary>
    public static Invariant? Find(string number) => All.FirstOrDefault(rule => rule.Number == number);
}

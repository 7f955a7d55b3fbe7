using CourseShop.Common;

namespace CourseShop.Wallets;

/// <summary>An amount that a person types in: for a top-up or a tip.</summary>
public static class TypedAmount
{
    public static readonly Money Least = new(1);
    public static readonly Money Most = Money.Yuan(5_000);

    /// <summary>Yuan with at most two decimals; a ¥ in front and blanks around are forgiven.</summary>
    public static Outcome<Money> Read(string? text) =>
        Money.TryParseYuan(text?.Trim().TrimStart('¥', '￥').Trim(), out var amount) && amount >= Least && amount <= Most
            ? amount
            : new Refusal("金额要在 {0} 到 {1} 之间，最多两位小数", Least, Most);
}

using CourseShop.Common;
using CourseShop.Wallets;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>One line of the trial balance.</summary>
/// <param name="Name">What it is.</param>
/// <param name="IsIncome">What came, or what became of it.</param>
/// <param name="Sql">A number, in fen.</param>
internal sealed record TrialLine(string Name, bool IsIncome, string Sql);

/// <summary>The same line with its sum.</summary>
public sealed record TrialSum(string Name, bool IsIncome, Money Amount);

/// <summary>
/// Invariant 11: all that came is somewhere. The left side counts payments, the right side what was sold, sent back, lies in wallets, or waits. What is paid from a
/// wallet came before, and what goes back there has not left.
/// </summary>
internal static class TrialBalance
{
    public const string WholeShop = "全店";

    public static readonly IReadOnlyList<TrialLine> Lines =
    [
        new("收到的钱", true, """
            (SELECT COALESCE(SUM("AmountReceived"), 0) FROM "Payments" WHERE "Channel" <> 1)
            """),
        new("收到之前已在支付宝退掉", false, """
            (SELECT COALESCE(SUM("AlreadyRefunded"), 0) FROM "Payments")
            """),
        new("已原路退回", false, $"""
            (SELECT COALESCE(SUM(r."Amount"), 0) FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" WHERE r."Status" = {WentBack} AND p."Channel" <> 1)
            """),
        new("退回途中", false, $"""
            (SELECT COALESCE(SUM("Amount"), 0) FROM "Refunds" WHERE "Status" = {GoingBack})
            """),
        new("留下的销售", false, $"""
            (SELECT COALESCE(SUM(l."Amount"), 0) FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId" WHERE o."Status" IN ({WerePaid}) AND l."RefundedAt" IS NULL)
              - (SELECT COALESCE(SUM("Money"), 0) FROM "OrderRefunds" WHERE "Status" = {RefundOpen})
            """),
        new("钱包余额", false, """
            (SELECT COALESCE(SUM("Amount"), 0) FROM "WalletEntries" WHERE "UserId" IS NOT NULL)
            """),
        new("平台分成", false, """
            (SELECT COALESCE(SUM("Amount"), 0) FROM "WalletEntries" WHERE "UserId" IS NULL)
            """),
        new("提现途中", false, $"""
            (SELECT COALESCE(SUM("Amount"), 0) FROM "Withdrawals" WHERE "Status" IN ({(int)WithdrawalStatus.Requested}, {(int)WithdrawalStatus.Approved}, {(int)WithdrawalStatus.ByHand}, {(int)WithdrawalStatus.Unclear}))
            """),
        new("已提现", false, $"""
            (SELECT COALESCE(SUM("Amount"), 0) FROM "Withdrawals" WHERE "Status" = {(int)WithdrawalStatus.Paid})
            """),
        new("等人处理", false, $"""
            (SELECT COALESCE(SUM(p."AmountReceived" - p."AlreadyRefunded" - {TakenOf(Going)}), 0) FROM "Payments" p WHERE p."Status" IN ({StrayPayments}))
              + (SELECT COALESCE(SUM({Kept} - p."Amount"), 0) FROM "Payments" p WHERE p."Status" = {Settled} AND p."Id" IN (SELECT "PaymentId" FROM "Refunds" WHERE "Cause" = {Surplus} AND "Status" = {Refused}))
            """),
    ];

    public static readonly string Sums = string.Join(" UNION ALL ", Lines.Select((line, at) => $"SELECT {at} AS \"At\", {(line.IsIncome ? 1 : -1)} AS \"Sign\", {line.Sql} AS \"Fen\""));

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("11", "收到的钱 = 退掉的 + 退回途中的 + 留下的销售 + 钱包里的 + 平台分成 + 提现的 + 等人处理的", "试算不平，差 {0}", _ => $"""
            SELECT '{WholeShop}', NULL, SUM("Sign" * "Fen") AS "DifferenceFen" FROM ({Sums}) s HAVING SUM("Sign" * "Fen") <> 0
            """),
    ];
}

using CourseShop.Payments;
using CourseShop.Wallets;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Nothing is wrong with the books, but a person has to look. <c>@now</c> is the time, in ms.</summary>
internal static class Waiting
{
    private const long Hour = 3_600_000;
    private const long TenMinutes = 600_000;

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("W1", "没有钱等人处理", "收到 {0}，应收 {1}，等待处理", _ => $"""
            SELECT p."OutTradeNo", o."UserId", p."AmountReceived" AS "ReceivedFen", p."Amount" AS "AskedFen" FROM "Payments" p LEFT JOIN "Orders" o ON o."Number" = p."PurposeNumber"
            WHERE {ForStaff} AND p."Status" = {Held} AND NOT EXISTS (SELECT 1 FROM "Refunds" r WHERE r."PaymentId" = p."Id" AND r."Status" = {GoingBack})
            """),
        new("W2", "多付的钱都退得回去", "支付宝拒绝退回多付的 {0}", _ => $"""
            SELECT p."OutTradeNo", NULL, {Kept} - p."Amount" AS "SurplusFen" FROM "Payments" p
            WHERE p."Id" IN (SELECT "PaymentId" FROM "Refunds" WHERE "Cause" = {Surplus} AND "Status" = {Refused}) AND p."Status" = {Settled} AND {Kept} > p."Amount"
            """),
        new("W3", "退款一小时内有结果", "{0} 从 {1} 起还没有退成，问过 {2} 次，支付宝答复：{3}", _ => $"""
            SELECT r."RefundNumber", NULL, r."Amount" AS "BackFen", r."CreatedAt" AS "SinceAt", r."Tries", COALESCE(r."LastCode", '—') FROM "Refunds" r
            WHERE r."Status" = {GoingBack} AND r."CreatedAt" < @now - {Hour} AND r."Tries" > 0
            """),
        new("W4", "退款十分钟内发出", "{0} 从 {1} 起等着发出，没有发过", _ => $"""
            SELECT r."RefundNumber", NULL, r."Amount" AS "BackFen", r."CreatedAt" AS "SinceAt" FROM "Refunds" r
            WHERE r."Status" = {GoingBack} AND r."CreatedAt" < @now - {TenMinutes} AND r."Tries" = 0
            """),
        new("W5", "过了付款截止一小时，订单付没付都知道了", "{0} 截止，付没付还不知道", _ => $"""
            SELECT o."Number", o."UserId", o."PayBy" AS "DueAt" FROM "Orders" o WHERE o."Status" = {Awaiting} AND o."PayBy" < @now - {Hour}
            """),
        new("W6", "过了付款截止一小时，充值和赞赏付没付都知道了", "{0} 截止，付没付还不知道", _ => $"""
            SELECT p."OutTradeNo", NULL, p."PayBy" AS "DueAt" FROM "Payments" p
            WHERE p."Status" = {(int)PaymentStatus.Opened} AND p."Purpose" <> 0 AND p."PayBy" < @now - {Hour}
            """),
        new("W7", "没有提现等人核实", "提现 {0}，支付宝答复：{1}，钱可能已经打出去", _ => $"""
            SELECT d."Number", d."UserId", d."Amount" AS "AmountFen", COALESCE(d."LastCode", '—') FROM "Withdrawals" d WHERE d."Status" = {(int)WithdrawalStatus.Unclear}
            """),
        new("W8", "批准的提现一小时内有结果", "提现 {0} 从 {1} 起还没有结果，问过 {2} 次，支付宝答复：{3}", _ => $"""
            SELECT d."Number", d."UserId", d."Amount" AS "AmountFen", d."DecidedAt" AS "SinceAt", d."Tries", COALESCE(d."LastCode", '—') FROM "Withdrawals" d
            WHERE d."Status" = {(int)WithdrawalStatus.Approved} AND d."DecidedAt" < @now - {Hour}
            """),
    ];
}

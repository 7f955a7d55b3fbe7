using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariants 12 and 13: what happened can be read again, leads to what is, and was not rewritten; what was acknowledged is there.</summary>
internal static class Histories
{
    private const int Placed = (int)OrderEventKind.Placed;
    private const int PaidStep = (int)OrderEventKind.Paid;
    private const int Cancelled = (int)OrderEventKind.Cancelled;
    private const int TimedOut = (int)OrderEventKind.TimedOut;
    private const int Revived = (int)OrderEventKind.Revived;
    private const int RefundedStep = (int)OrderEventKind.Refunded;
    private const int MoneyReturned = (int)OrderEventKind.MoneyReturned;
    private const int Forged = (int)NotificationVerdict.Forged;

    /// <summary>The steps that change an order's state.</summary>
    private static readonly string Moving = $"{Placed}, {PaidStep}, {Cancelled}, {TimedOut}, {Revived}, {RefundedStep}";

    private static readonly string Evidence = $"{(int)NotificationVerdict.Settled}, {(int)NotificationVerdict.Held}, {(int)NotificationVerdict.Late}, {(int)NotificationVerdict.Second}";

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("12.1", "订单的每一步都接得上前一步", "{0} 之后不能是 {1}", scope => $"""
            SELECT s."Number", s."UserId", s."Before" AS "BeforeStep", s."Kind" AS "NextStep" FROM (
              SELECT o."Number", o."UserId", e."Kind", LAG(e."Kind") OVER (PARTITION BY e."OrderId" ORDER BY e."Id") AS "Before"
              FROM "OrderEvents" e JOIN "Orders" o ON o."Id" = e."OrderId" WHERE e."Kind" IN ({Moving}) {scope.Orders("o")}) s
            WHERE NOT (CASE s."Kind"
              WHEN {Placed} THEN s."Before" IS NULL
              WHEN {Revived} THEN COALESCE(s."Before", -1) IN ({Cancelled}, {TimedOut})
              WHEN {RefundedStep} THEN COALESCE(s."Before", -1) IN ({PaidStep}, {Revived}, {RefundedStep})
              ELSE COALESCE(s."Before", -1) = {Placed} END)
            """),
        new("12.2", "订单的最后一步就是它的状态", "最后一步是 {0}，与订单的状态不一致", scope => $"""
            SELECT o."Number", o."UserId", e."Kind" AS "LastStep" FROM "Orders" o
              LEFT JOIN "OrderEvents" e ON e."Id" = (SELECT MAX(last."Id") FROM "OrderEvents" last WHERE last."OrderId" = o."Id" AND last."Kind" IN ({Moving}))
            WHERE COALESCE(e."Kind", -1) <> CASE o."Status" WHEN {Awaiting} THEN {Placed} WHEN {(int)OrderStatus.Cancelled} THEN {Cancelled} WHEN {(int)OrderStatus.TimedOut} THEN {TimedOut}
                WHEN {Paid} THEN CASE WHEN e."Kind" = {Revived} THEN {Revived} ELSE {PaidStep} END ELSE {RefundedStep} END {scope.Orders("o")}
            """),
        new("12.3", "完成的退款都写在订单的经过里，一次", "退款已完成，订单的经过里写了 {0} 次", scope => $"""
            SELECT x."Number", x."UserId", COUNT(e."Id") FROM (
              SELECT r."RefundNumber" AS "Number", o."UserId", o."Id" AS "OrderId", CASE r."Cause" WHEN {TakenBack} THEN {RefundedStep} ELSE {MoneyReturned} END AS "Kind"
              FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" JOIN "Orders" o ON o."Number" = p."PurposeNumber" WHERE r."Status" = {WentBack} {scope.Payments("p")}
              UNION SELECT t."Number", o."UserId", o."Id", {RefundedStep} FROM "OrderRefunds" t JOIN "Orders" o ON o."Id" = t."OrderId" WHERE t."Status" = {RefundDone} {scope.Orders("o")}) x
            LEFT JOIN "OrderEvents" e ON e."OrderId" = x."OrderId" AND e."Kind" = x."Kind" AND e."Detail" = x."Number"
            GROUP BY x."Number", x."UserId" HAVING COUNT(e."Id") <> 1
            """),
        new("12.4", "付了款的订单有付款时间，没有付成的有结束时间，别的没有", "订单的时间与它的状态不一致", scope => $"""
            SELECT o."Number", o."UserId" FROM "Orders" o
            WHERE ((o."PaidAt" IS NOT NULL) <> (o."Status" IN ({WerePaid})) OR (o."ClosedAt" IS NOT NULL) <> (o."Status" IN ({EndedUnpaid}))) {scope.Orders("o")}
            """),
        new("12.5", "流水、经过和通知在数据库里改不了也删不掉", "保护它们的触发器 {0} 不见了，或者被改过", scope => $"""
            SELECT w."Name", NULL, w."Name" FROM ({string.Join(" UNION ALL ", scope.Dialect.Protection.Select(wanted => $"SELECT '{wanted.Name}' AS \"Name\", '{wanted.Sql.Replace("'", "''", StringComparison.Ordinal)}' AS \"Sql\""))}) w
            LEFT JOIN ({scope.Dialect.ProtectionInForce}) m ON m."Name" = w."Name" WHERE COALESCE(m."Sql", '') <> w."Sql"
            """),
        new("12.6", "流水、经过和通知一行也没有少", "{0} 少了 {1} 行", scope => string.Join(" UNION ALL ", AppendOnly.Tables.Select(table => Missing(table, scope.Dialect)).OfType<string>())),
        new("13.1", "回答过“收到”的通知，钱都在账上", "通知说交易 {0} 已付款，账上没有这笔钱", scope => $"""
            SELECT n."OutTradeNo", NULL, n."TradeNo" FROM "PaymentNotifications" n
            WHERE n."Verdict" IN ({Evidence}) AND NOT EXISTS (SELECT 1 FROM "Payments" p WHERE p."TradeNo" = n."TradeNo")
              {scope.Notifications("n")}
            """),
    ];

    /// <summary>Of forged notifications the oldest go, so that gaps may lie before the oldest one that is left; and none went while there are fewer than are kept.</summary>
    private static string? Missing(string table, IDialect dialect)
    {
        var from = table != "PaymentNotifications" ? "1" : $"""
            (SELECT CASE WHEN COUNT(*) < {ReceiveNotification.MostForged} THEN 1 ELSE MIN("Id") END FROM "PaymentNotifications" WHERE "Verdict" = {Forged})
            """;
        return dialect.LostRows(table, from) is { } lost ? $"""SELECT "Table", NULL, "Table", "Rows" FROM ({lost}) {table}Lost""" : null;
    }
}

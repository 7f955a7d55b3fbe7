using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 4: never more goes back than came, and what goes back for lines is exactly what was paid for them.</summary>
internal static class RefundedMoney
{
    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("4.1", "一笔付款退回的不超过收到的", "收到 {0}，退回 {1}", scope => $"""
            SELECT p."OutTradeNo", NULL, COALESCE(p."AmountReceived", 0) AS "ReceivedFen", p."AlreadyRefunded" + {TakenOf(Going)} AS "BackFen" FROM "Payments" p
            WHERE p."AlreadyRefunded" + {TakenOf(Going)} > COALESCE(p."AmountReceived", 0) {scope.Payments("p")}
            """),
        new("4.2", "付款上记着的退款额，就是它的退款之和", "付款记着退 {0}，退款加起来是 {1}", scope => $"""
            SELECT p."OutTradeNo", NULL, p."Refunded" AS "NotedFen", {TakenOf(Going)} AS "BackFen" FROM "Payments" p
            WHERE p."Refunded" <> {TakenOf(Going)} {scope.Payments("p")}
            """),
        new("4.3", "一个退款单号只用一次", "退款单号用了 {0} 次", _ => """
            SELECT r."RefundNumber", NULL, COUNT(*) FROM "Refunds" r GROUP BY r."RefundNumber" HAVING COUNT(*) > 1
            """),
        new("4.4", "退款单的钱，就是同号那笔退款，状态也一样", "退款单要退 {0}，同号的退款是 {1}，或者状态不一样", scope => $"""
            SELECT x."Number", o."UserId", x."Money" AS "MoneyFen", COALESCE(r."Amount", 0) AS "BackFen"
            FROM "OrderRefunds" x JOIN "Orders" o ON o."Id" = x."OrderId" LEFT JOIN "Refunds" r ON r."RefundNumber" = x."Number" LEFT JOIN "Payments" p ON p."Id" = r."PaymentId"
            WHERE (CASE WHEN x."Money" > 0 AND x."Status" IN ({RefundOpen}, {RefundDone}, {RefundFailed})
              THEN r."Id" IS NULL OR r."Cause" <> {TakenBack} OR r."Amount" <> x."Money" OR p."PurposeNumber" <> o."Number"
                OR r."Status" <> CASE x."Status" WHEN {RefundOpen} THEN {GoingBack} WHEN {RefundDone} THEN {WentBack} ELSE {Refused} END
              ELSE r."Id" IS NOT NULL END) {scope.Orders("o")}
            """),
        new("4.5", "课程退款都有自己的退款单", "退了 {0}，却没有退款单", scope => $"""
            SELECT r."RefundNumber", NULL, r."Amount" AS "BackFen" FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId"
            WHERE r."Cause" = {TakenBack} AND p."Purpose" = 0 AND NOT EXISTS (SELECT 1 FROM "OrderRefunds" x WHERE x."Number" = r."RefundNumber") {scope.Payments("p")}
            """),
        new("4.6", "退款单的钱和积分，就是它每门课程实付和积分之和", "退款单记着 {0} 和 {1} 积分，课程加起来是 {2} 和 {3} 积分", scope => $"""
            SELECT x."Number", o."UserId", x."Money" AS "MoneyFen", x."Credits", COALESCE(SUM(l."Amount"), 0) AS "LinesFen", COALESCE(SUM(l."Credits"), 0)
            FROM "OrderRefunds" x JOIN "Orders" o ON o."Id" = x."OrderId"
              LEFT JOIN "OrderRefundLines" t ON t."OrderRefundId" = x."Id" LEFT JOIN "OrderLines" l ON l."Id" = t."OrderLineId" AND l."OrderId" = x."OrderId"
            WHERE 1 = 1 {scope.Orders("o")}
            GROUP BY x."Id", x."Number", o."UserId", x."Money", x."Credits"
            HAVING x."Money" <> COALESCE(SUM(l."Amount"), 0) OR x."Credits" <> COALESCE(SUM(l."Credits"), 0) OR COUNT(l."Id") = 0 OR COUNT(l."Id") <> COUNT(t."Id")
            """),
        new("4.7", "一门课程退了，就正好有一张完成的退款单退它", "课程 {0}：完成的退款单有 {1} 张，与它的状态不一致", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle", COUNT(x."Id")
            FROM "Orders" o JOIN "OrderLines" l ON l."OrderId" = o."Id"
              LEFT JOIN "OrderRefundLines" t ON t."OrderLineId" = l."Id" LEFT JOIN "OrderRefunds" x ON x."Id" = t."OrderRefundId" AND x."Status" = {RefundDone}
            WHERE (l."RefundedAt" IS NOT NULL OR t."Id" IS NOT NULL) {scope.Orders("o")}
            GROUP BY l."Id", o."Number", o."UserId", l."CourseTitle", l."RefundedAt"
            HAVING COUNT(x."Id") <> CASE WHEN l."RefundedAt" IS NULL THEN 0 ELSE 1 END
            """),
        new("4.8", "一门课程同时只在一张没有结束的退款单里", "退款单的课程占着不放，或者没有占住", scope => $"""
            SELECT DISTINCT x."Number", o."UserId" FROM "OrderRefunds" x JOIN "Orders" o ON o."Id" = x."OrderId" JOIN "OrderRefundLines" t ON t."OrderRefundId" = x."Id"
            WHERE t."IsHeld" <> (x."Status" IN ({RefundRequested}, {RefundOpen}, {RefundDone})) {scope.Orders("o")}
            """),
        new("4.9", "订单全退了是已退款，退了一部分是部分退款，没有退就都不是", "订单有 {0} 门课程，退了 {1} 门，与它的状态不一致", scope => $"""
            SELECT o."Number", o."UserId", COUNT(*), COUNT(l."RefundedAt") FROM "Orders" o JOIN "OrderLines" l ON l."OrderId" = o."Id"
            WHERE 1 = 1 {scope.Orders("o")} GROUP BY o."Id", o."Number", o."UserId", o."Status"
            HAVING CASE o."Status" WHEN {Refunded} THEN COUNT(l."RefundedAt") <> COUNT(*) WHEN {PartRefunded} THEN COUNT(l."RefundedAt") IN (0, COUNT(*)) ELSE COUNT(l."RefundedAt") > 0 END
            """),
    ];
}

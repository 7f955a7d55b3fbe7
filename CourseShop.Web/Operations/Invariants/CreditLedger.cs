using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 8: the credits' ledger.</summary>
internal static class CreditLedger
{
    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("8.1", "积分余额不小于零", "积分余额是 {0}", scope => $"""
            SELECT u."UserName", u."Id", SUM(c."Amount") FROM "CreditEntries" c JOIN "AspNetUsers" u ON u."Id" = c."UserId"
            WHERE 1 = 1 {scope.Users("c.\"UserId\"")} GROUP BY u."Id", u."UserName" HAVING SUM(c."Amount") < 0
            """),
        new("8.2", "订单占用和返还的积分，与它的状态一致", "订单用 {0} 积分，流水合计 {1}", scope => $"""
            SELECT * FROM (
              SELECT o."Number", o."UserId", o."Credits" AS "Used", COALESCE((SELECT SUM(c."Amount") FROM "CreditEntries" c WHERE c."OrderNumber" = o."Number"), 0) AS "Booked",
                CASE WHEN o."Status" IN ({EndedUnpaid}) THEN 0 ELSE COALESCE((SELECT SUM(l."Credits") FROM "OrderLines" l WHERE l."OrderId" = o."Id" AND l."RefundedAt" IS NOT NULL), 0) - o."Credits" END AS "Due"
              FROM "Orders" o WHERE 1 = 1 {scope.Orders("o")}) "x"
            WHERE "Booked" <> "Due"
            """),
        new("8.3", "订单的每一行积分流水都有自己的缘由，数目和人也对", "积分流水 {0} 的数目 {1}、人或缘由不对", scope => $"""
            SELECT COALESCE(o."Number", c."OrderNumber"), c."UserId", c."ReasonKey", c."Amount" FROM "CreditEntries" c LEFT JOIN "Orders" o ON o."Number" = c."OrderNumber"
            WHERE c."OrderNumber" IS NOT NULL {scope.Users("c.\"UserId\"")} AND (o."Id" IS NULL OR o."UserId" <> c."UserId" OR NOT (CASE c."ReasonKey"
              WHEN 'order:' || o."Number" || ':hold' THEN c."Amount" = -o."Credits"
              WHEN 'order:' || o."Number" || ':release' THEN c."Amount" = o."Credits"
              WHEN 'order:' || o."Number" || ':hold-again' THEN c."Amount" = -o."Credits"
              ELSE EXISTS (SELECT 1 FROM "OrderLines" l WHERE l."OrderId" = o."Id" AND c."ReasonKey" = 'order:' || o."Number" || ':refund:' || l."Id" AND l."RefundedAt" IS NOT NULL AND c."Amount" = l."Credits") END))
            """),
        new("8.4", "一个缘由只记一次", "缘由 {0} 记了 {1} 次", scope => $"""
            SELECT COALESCE(MIN(c."OrderNumber"), c."ReasonKey"), MIN(c."UserId"), c."ReasonKey", COUNT(*) FROM "CreditEntries" c
            WHERE 1 = 1 {scope.Users("c.\"UserId\"")} GROUP BY c."ReasonKey" HAVING COUNT(*) > 1
            """),
    ];
}

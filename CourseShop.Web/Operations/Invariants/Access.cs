using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 5: who paid may learn, who was refunded may not, and nobody else by an order.</summary>
internal static class Access
{
    private const long DayInMs = 86_400_000;

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("5.1", "付了款没有退的课程，买的人正好有一份学习权限", "课程 {0} 已付款，学习权限有 {1} 份", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle", COUNT(e."Id")
            FROM "Orders" o JOIN "OrderLines" l ON l."OrderId" = o."Id"
              LEFT JOIN "Enrollments" e ON e."OrderLineId" = l."Id" AND e."UserId" = o."UserId" AND e."CourseId" = l."CourseId" AND e."RevokedAt" IS NULL
            WHERE o."Status" IN ({WerePaid}) AND l."RefundedAt" IS NULL {scope.Orders("o")}
            GROUP BY l."Id", o."Number", o."UserId", l."CourseTitle" HAVING COUNT(e."Id") <> 1
            """),
        new("5.2", "没有付款的订单不给学习权限", "订单没有支付，却开通了课程 {0}", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle" FROM "Enrollments" e JOIN "OrderLines" l ON l."Id" = e."OrderLineId" JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE o."Status" NOT IN ({WerePaid}) {scope.Users("e.\"UserId\"")}
            """),
        new("5.3", "退了的课程不能再学", "课程 {0} 已退款，学习权限还在", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle" FROM "Enrollments" e JOIN "OrderLines" l ON l."Id" = e."OrderLineId" JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE l."RefundedAt" IS NOT NULL AND e."RevokedAt" IS NULL {scope.Users("e.\"UserId\"")}
            """),
        new("5.4", "学习权限的长短就是买的有效期", "课程 {0} 的有效期不是买的 {1} 天", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle", COALESCE(l."TermDays", 0) FROM "Enrollments" e JOIN "OrderLines" l ON l."Id" = e."OrderLineId" JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE COALESCE(e."EndsAt" - e."StartsAt", 0) <> CAST(COALESCE(l."TermDays", 0) AS BIGINT) * {DayInMs} {scope.Users("e.\"UserId\"")}
            """),
        new("5.5", "一门永久有效的课程，一个人只买一次", "课程 {0} 买了 {1} 次永久有效", scope => $"""
            SELECT MIN(o."Number"), e."UserId", MIN(l."CourseTitle"), COUNT(*) FROM "Enrollments" e JOIN "OrderLines" l ON l."Id" = e."OrderLineId" JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE e."EndsAt" IS NULL AND e."RevokedAt" IS NULL {scope.Users("e.\"UserId\"")}
            GROUP BY e."UserId", e."CourseId" HAVING COUNT(*) > 1
            """),
    ];
}

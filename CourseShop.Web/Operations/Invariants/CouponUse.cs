using CourseShop.Promotions;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 6: a coupon is bound to one order at most, and used exactly when that order is paid.</summary>
internal static class CouponUse
{
    private const string OrdersWithCoupons = """
        "Orders" o LEFT JOIN "IssuedCoupons" i ON i."Id" = o."IssuedCouponId"
        """;

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("6.1", "待支付的订单占着自己的优惠券，已支付的用掉了它", "优惠券 {0} 没有跟着订单的状态走", scope => $"""
            SELECT o."Number", o."UserId", o."CouponName" FROM {OrdersWithCoupons}
            WHERE o."IssuedCouponId" IS NOT NULL AND o."Status" IN ({Awaiting}, {Paid}, {PartRefunded})
              AND (i."Id" IS NULL OR COALESCE(i."OrderNumber", '') <> o."Number" OR i."Status" <> CASE o."Status" WHEN {Awaiting} THEN {CouponHeld} ELSE {CouponUsed} END) {scope.Orders("o")}
            """),
        new("6.2", "整单退款时还没有过期的优惠券退回来了，过期的没有", "优惠券 {0} 没有按整单退款的规则处理", scope => $"""
            SELECT o."Number", o."UserId", o."CouponName" FROM {OrdersWithCoupons}
            WHERE o."IssuedCouponId" IS NOT NULL AND o."Status" = {Refunded}
              AND (i."Id" IS NULL OR (i."OrderNumber" = o."Number" AND i."Status" <> {CouponUsed})
                OR (COALESCE(i."OrderNumber", '') = o."Number") <> (i."ExpiresAt" <= (SELECT MAX(l."RefundedAt") FROM "OrderLines" l WHERE l."OrderId" = o."Id"))) {scope.Orders("o")}
            """),
        new("6.3", "用着的优惠券写着用它的订单，闲着的没有", "优惠券 {0} 的状态和它写着的订单不一致", scope => $"""
            SELECT COALESCE(i."OrderNumber", '#' || i."Id"), i."UserId", c."Name" FROM "IssuedCoupons" i JOIN "Coupons" c ON c."Id" = i."CouponId" LEFT JOIN "Orders" o ON o."Number" = i."OrderNumber"
            WHERE (CASE i."Status"
              WHEN {CouponAvailable} THEN i."OrderNumber" IS NOT NULL OR i."UsedAt" IS NOT NULL
              ELSE o."Id" IS NULL OR COALESCE(o."IssuedCouponId", 0) <> i."Id" END) {scope.Users("i.\"UserId\"")}
            """),
        new("6.4", "优惠券和用它的订单是同一个人的", "用了别人的优惠券 {0}", scope => $"""
            SELECT o."Number", o."UserId", o."CouponName" FROM {OrdersWithCoupons}
            WHERE i."UserId" <> o."UserId" {scope.Orders("o")}
            """),
        new("6.5", "减了优惠券的订单都有一张优惠券", "订单减了 {0}，却没有优惠券", scope => $"""
            SELECT o."Number", o."UserId", o."CouponDiscount" AS "OffFen" FROM "Orders" o WHERE o."CouponDiscount" > 0 AND o."IssuedCouponId" IS NULL {scope.Orders("o")}
            """),
        new("6.6", "发出去的优惠券有数，并且不超过总数", "优惠券 {0} 记着发了 {1} 张，实际 {2} 张，最多 {3} 张", _ => """
            SELECT '#' || c."Id", NULL, c."Name", c."IssuedCount", COUNT(i."Id"), COALESCE(CAST(c."TotalLimit" AS TEXT), '∞')
            FROM "Coupons" c LEFT JOIN "IssuedCoupons" i ON i."CouponId" = c."Id"
            GROUP BY c."Id", c."Name", c."IssuedCount", c."TotalLimit" HAVING COUNT(i."Id") <> c."IssuedCount" OR COUNT(i."Id") > c."TotalLimit"
            """),
        new("6.7", "一个人领的优惠券不超过每人上限", "优惠券 {0} 领了 {1} 张，最多 {2} 张", scope => $"""
            SELECT '#' || c."Id", i."UserId", c."Name", COUNT(*), c."PerUserLimit" FROM "IssuedCoupons" i JOIN "Coupons" c ON c."Id" = i."CouponId"
            WHERE 1 = 1 {scope.Users("i.\"UserId\"")} GROUP BY i."UserId", c."Id", c."Name", c."PerUserLimit" HAVING COUNT(*) > c."PerUserLimit"
            """),
        new("6.8", "优惠券减的不超过它的面值", "优惠券减了 {0}，超过了面值", scope => $"""
            SELECT o."Number", o."UserId", o."CouponDiscount" AS "OffFen" FROM "Orders" o JOIN "IssuedCoupons" i ON i."Id" = o."IssuedCouponId" JOIN "Coupons" c ON c."Id" = i."CouponId"
            WHERE (CASE c."Kind" WHEN {(int)CouponKind.Amount} THEN o."CouponDiscount" > c."Amount"
              ELSE o."CouponDiscount" > c."Cap" OR o."CouponDiscount" * 10000 > (o."ListTotal" - o."CampaignDiscount") * (10000 - c."PayBasisPoints") + 5000 END) {scope.Orders("o")}
            """),
    ];
}

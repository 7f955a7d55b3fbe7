using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 10: an order that ended unpaid holds nothing. Its credits are seen to by 8.2, its access by 5.2.</summary>
internal static class EndedOrders
{
    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("10.1", "没有付成的订单不占优惠券", "订单已取消，还占着优惠券 {0}", scope => $"""
            SELECT o."Number", o."UserId", COALESCE(o."CouponName", '') FROM "Orders" o JOIN "IssuedCoupons" i ON i."OrderNumber" = o."Number"
            WHERE o."Status" IN ({EndedUnpaid}) {scope.Orders("o")}
            """),
        new("10.2", "没有付成的订单不能再付", "订单已取消，付款单 {0} 还能付", scope => $"""
            SELECT o."Number", o."UserId", p."OutTradeNo" FROM {PaymentsOfOrders}
            WHERE o."Status" IN ({EndedUnpaid}) AND p."Status" IN ({LivePayments}) {scope.Payments("p")}
            """),
    ];
}

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 7: the columns of every line and of every order add up, and nothing is below zero.</summary>
internal static class OrderSums
{
    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("7.1", "每门课程：原价减活动是现价，现价减优惠券和积分是实付，都不小于零", "课程 {0} 的价格加不起来：原价 {1}，现价 {2}，实付 {3}", scope => $"""
            SELECT o."Number", o."UserId", l."CourseTitle", l."ListPrice" AS "ListFen", l."Price" AS "PriceFen", l."Amount" AS "AmountFen" FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId"
            WHERE (l."ListPrice" - l."CampaignDiscount" <> l."Price" OR l."Price" - l."CouponShare" - l."CreditShare" <> l."Amount"
              OR l."CampaignDiscount" < 0 OR l."Price" < 0 OR l."CouponShare" < 0 OR l."CreditShare" < 0 OR l."Credits" < 0 OR l."Amount" < 0 OR (l."CreditShare" > 0) <> (l."Credits" > 0)) {scope.Orders("o")}
            """),
        new("7.2", "订单的每一栏都是课程之和", "订单应付 {0}，{1} 门课程加起来 {2}，或者另一栏对不上", scope => $"""
            SELECT o."Number", o."UserId", o."Total" AS "TotalFen", COUNT(l."Id"), COALESCE(SUM(l."Amount"), 0) AS "LinesFen" FROM "Orders" o LEFT JOIN "OrderLines" l ON l."OrderId" = o."Id"
            WHERE 1 = 1 {scope.Orders("o")}
            GROUP BY o."Id", o."Number", o."UserId", o."Total", o."ListTotal", o."CampaignDiscount", o."CouponDiscount", o."CreditDiscount", o."Credits"
            HAVING COUNT(l."Id") = 0 OR SUM(l."Amount") <> o."Total" OR SUM(l."ListPrice") <> o."ListTotal" OR SUM(l."CampaignDiscount") <> o."CampaignDiscount"
              OR SUM(l."CouponShare") <> o."CouponDiscount" OR SUM(l."CreditShare") <> o."CreditDiscount" OR SUM(l."Credits") <> o."Credits"
            """),
    ];
}

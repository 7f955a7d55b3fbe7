using CourseShop.Payments;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariants 1 to 3: what was paid has its money once, and no money is without goods, a refund, or a person who knows.</summary>
internal static class PaidOrders
{
    private const int ForOrders = (int)PaymentPurpose.Order;

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("1.1", "已支付的订单，应付大于零，就有一笔已入账的付款", "订单应付 {0}，已支付，却没有入账的付款", scope => $"""
            SELECT o."Number", o."UserId", o."Total" AS "TotalFen" FROM "Orders" o
            WHERE o."Status" IN ({WerePaid}) AND o."Total" > 0 {scope.Orders("o")}
              AND NOT EXISTS (SELECT 1 FROM "Payments" p WHERE p."Purpose" = {ForOrders} AND p."PurposeNumber" = o."Number" AND p."Status" = {Settled})
            """),
        new("1.2", "入账的钱，减去退回的多付部分，正好是订单的应付", "订单应付 {0}，入账 {1}", scope => $"""
            SELECT o."Number", o."UserId", o."Total" AS "TotalFen", {Kept} AS "KeptFen" FROM {PaymentsOfOrders}
            WHERE p."Purpose" = {ForOrders} AND p."Status" = {Settled} {scope.Payments("p")}
              AND {Kept} <> o."Total" AND NOT ({Kept} > o."Total" AND {HasRefusedSurplus})
            """),
        new("1.3", "入账的钱没有当作迟到、重复或不符的钱退掉", "付款已入账，却又当作不该留的钱退了 {0}", scope => $"""
            SELECT p."OutTradeNo", NULL, SUM(r."Amount") AS "BackFen" FROM "Payments" p JOIN "Refunds" r ON r."PaymentId" = p."Id"
            WHERE p."Status" = {Settled} AND r."Status" IN ({Going}) AND r."Cause" NOT IN ({TakenBack}, {Surplus}) {scope.Payments("p")}
            GROUP BY p."Id", p."OutTradeNo"
            """),
        new("1.4", "每次付款要的钱就是订单的应付", "订单应付 {0}，付款单要 {1}", scope => $"""
            SELECT p."OutTradeNo", o."UserId", o."Total" AS "TotalFen", p."Amount" AS "AskedFen" FROM {PaymentsOfOrders}
            WHERE p."Purpose" = {ForOrders} AND p."Amount" <> o."Total" {scope.Payments("p")}
            """),
        new("2.1", "入账的钱属于一个已支付的订单", "{0} 已入账，订单却没有支付", scope => $"""
            SELECT p."OutTradeNo", o."UserId", p."AmountReceived" AS "ReceivedFen" FROM "Payments" p LEFT JOIN "Orders" o ON o."Number" = p."PurposeNumber"
            WHERE p."Purpose" = {ForOrders} AND p."Status" = {Settled} AND (o."Id" IS NULL OR o."Status" NOT IN ({WerePaid})) {scope.Payments("p")}
            """),
        new("2.2", "迟到和重复的钱，整笔都在退回", "收到 {0}，退回中的只有 {1}", scope => $"""
            SELECT p."OutTradeNo", NULL, p."AmountReceived" AS "ReceivedFen", {TakenOf($"{GoingBack}")} AS "GoingFen" FROM "Payments" p
            WHERE p."Status" IN ({Late}, {Second}) AND p."AmountReceived" - p."AlreadyRefunded" <> {TakenOf($"{GoingBack}")} {scope.Payments("p")}
            """),
        new("2.3", "已退回的钱，整笔都退了", "收到 {0}，退回的只有 {1}", scope => $"""
            SELECT p."OutTradeNo", NULL, p."AmountReceived" AS "ReceivedFen", {TakenOf($"{WentBack}")} AS "BackFen" FROM "Payments" p
            WHERE p."Status" = {Returned} AND p."AmountReceived" - p."AlreadyRefunded" <> {TakenOf($"{WentBack}")} {scope.Payments("p")}
            """),
        new("2.4", "付款收到了钱，才有交易号、金额和时间；没有收到就都没有", "付款的状态和它的钱不一致：实收 {0}", scope => $"""
            SELECT p."OutTradeNo", NULL, COALESCE(p."AmountReceived", 0) AS "ReceivedFen" FROM "Payments" p
            WHERE (CASE WHEN p."Status" IN ({Settled}, {StrayPayments})
              THEN p."TradeNo" IS NULL OR p."ReceivedAt" IS NULL OR COALESCE(p."AmountReceived", 0) <= 0
              ELSE p."TradeNo" IS NOT NULL OR p."ReceivedAt" IS NOT NULL OR p."AmountReceived" IS NOT NULL END) {scope.Payments("p")}
            """),
        new("3.1", "一个交易号只有一笔钱", "交易号 {0} 记了 {1} 次", scope => $"""
            SELECT MIN(p."OutTradeNo"), NULL, p."TradeNo", COUNT(*) FROM "Payments" p
            WHERE p."TradeNo" IS NOT NULL {scope.Payments("p")} GROUP BY p."TradeNo" HAVING COUNT(*) > 1
            """),
        new("3.2", "一个订单只入账一次", "订单入账了 {0} 次，共 {1}", scope => $"""
            SELECT p."PurposeNumber", NULL, COUNT(*), SUM(p."AmountReceived") AS "ReceivedFen" FROM "Payments" p
            WHERE p."Purpose" = {ForOrders} AND p."Status" = {Settled} {scope.Payments("p")} GROUP BY p."PurposeNumber" HAVING COUNT(*) > 1
            """),
        new("3.3", "一个付款单号只用一次", "付款单号用了 {0} 次", scope => $"""
            SELECT p."OutTradeNo", NULL, COUNT(*) FROM "Payments" p
            WHERE NOT p."IsExtra" {scope.Payments("p")} GROUP BY p."OutTradeNo" HAVING COUNT(*) > 1
            """),
    ];
}

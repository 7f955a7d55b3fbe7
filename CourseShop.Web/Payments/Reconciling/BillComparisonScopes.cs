using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>
/// Compares a bill with the books by statements over whole sets: trade by trade number, refund by refund number. Money at midnight may stand in the bill of a
/// day beside: nothing is called missing there before those were looked into. Refunds that were known before their payment was don't count as unknown.
/// </summary>
public static class BillComparisonScopes
{
    /// <summary>Every difference, in one statement: all of it sees the books at the same moment.</summary>
    public static IQueryable<FoundDifference> Differences(this ShopDb db, ComparedBills of) => db.Database.SqlQuery<FoundDifference>(
        $"""
        SELECT CASE
            WHEN a."TradeNo" IS NOT NULL OR EXISTS (
              SELECT 1 FROM "BillLines" o WHERE o."OutTradeNo" = l."OutTradeNo" AND o."Kind" = 0 AND o."ReconciliationId" IN ({of.Run}, {of.Before}, {of.After})
                AND (o."At" < l."At" OR (o."At" = l."At" AND o."TradeNo" < l."TradeNo"))) THEN {(int)DifferenceKind.PaidTwice}
            WHEN a."Status" = {(int)PaymentStatus.Closed} THEN {(int)DifferenceKind.State}
            ELSE {(int)DifferenceKind.MissingHere} END AS "Kind",
          l."TradeNo", l."OutTradeNo", l."RefundNumber", l."Amount" AS "BillAmount", l."At" AS "BillAt",
          COALESCE(a."AmountReceived", a."Amount") AS "OurAmount", COALESCE(a."PaidAt", a."ReceivedAt") AS "OurAt", a."Status" AS "OurStatus", CAST(NULL AS INTEGER) AS "OurRefundStatus",
          a."OutTradeNo" AS "OurOutTradeNo", a."PurposeNumber"
        FROM "BillLines" l
        LEFT JOIN "Payments" p ON p."TradeNo" = l."TradeNo" AND p."Channel" = {(int)of.Channel}
        LEFT JOIN "Payments" a ON a."OutTradeNo" = l."OutTradeNo" AND NOT a."IsExtra" AND a."Channel" = {(int)of.Channel}
        WHERE l."ReconciliationId" = {of.Run} AND l."Kind" = 0 AND p."Id" IS NULL
        UNION ALL
        SELECT CASE WHEN l."Amount" <> p."AmountReceived" THEN {(int)DifferenceKind.Amount} ELSE {(int)DifferenceKind.State} END,
          l."TradeNo", l."OutTradeNo", '', l."Amount", l."At",
          p."AmountReceived", COALESCE(p."PaidAt", p."ReceivedAt"), p."Status", CAST(NULL AS INTEGER), p."OutTradeNo", p."PurposeNumber"
        FROM "BillLines" l
        JOIN "Payments" p ON p."TradeNo" = l."TradeNo" AND p."Channel" = {(int)of.Channel}
        WHERE l."ReconciliationId" = {of.Run} AND l."Kind" = 0 AND (l."Amount" <> p."AmountReceived" OR l."OutTradeNo" <> p."OutTradeNo")
        UNION ALL
        SELECT {(int)DifferenceKind.MissingThere},
          p."TradeNo", p."OutTradeNo", '', CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
          p."AmountReceived", COALESCE(p."PaidAt", p."ReceivedAt"), p."Status", CAST(NULL AS INTEGER), p."OutTradeNo", p."PurposeNumber"
        FROM "Payments" p
        WHERE p."Channel" = {(int)of.Channel} AND p."TradeNo" IS NOT NULL
          AND ((p."PaidAt" >= {of.Begin} AND p."PaidAt" < {of.End}) OR (p."PaidAt" IS NULL AND p."ReceivedAt" >= {of.Begin} AND p."ReceivedAt" < {of.End}))
          AND NOT EXISTS (SELECT 1 FROM "BillLines" l WHERE l."TradeNo" = p."TradeNo" AND l."Kind" = 0 AND l."ReconciliationId" IN ({of.Run}, {of.Before}, {of.After}))
        UNION ALL
        SELECT CASE WHEN u."Status" = {(int)PaymentStatus.Settled} AND u."Sum" >= u."Received" THEN {(int)DifferenceKind.State} ELSE {(int)DifferenceKind.Refund} END,
          u."TradeNo", u."OutTradeNo", u."RefundNumber", u."Amount", u."At",
          CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), u."Status", CAST(NULL AS INTEGER), u."OurOutTradeNo", u."PurposeNumber"
        FROM (
          SELECT l."TradeNo", l."OutTradeNo", l."RefundNumber", l."Amount", l."At", p."Status", p."AmountReceived" AS "Received", p."AlreadyRefunded", p."OutTradeNo" AS "OurOutTradeNo", p."PurposeNumber",
            (SELECT SUM(o."Amount") FROM "BillLines" o WHERE o."TradeNo" = l."TradeNo" AND o."Kind" = 1 AND o."ReconciliationId" IN ({of.Run}, {of.Before}, {of.After})
              AND NOT EXISTS (SELECT 1 FROM "Refunds" g WHERE g."RefundNumber" = o."RefundNumber")) AS "Sum"
          FROM "BillLines" l
          LEFT JOIN "Refunds" f ON f."RefundNumber" = l."RefundNumber"
          LEFT JOIN "Payments" p ON p."TradeNo" = l."TradeNo" AND p."Channel" = {(int)of.Channel}
          WHERE l."ReconciliationId" = {of.Run} AND l."Kind" = 1 AND f."Id" IS NULL) u
        WHERE u."Sum" > COALESCE(u."AlreadyRefunded", 0)
        UNION ALL
        SELECT {(int)DifferenceKind.Refund},
          l."TradeNo", l."OutTradeNo", l."RefundNumber", l."Amount", l."At",
          f."Amount", f."DoneAt", p."Status", f."Status", p."OutTradeNo", p."PurposeNumber"
        FROM "BillLines" l
        JOIN "Refunds" f ON f."RefundNumber" = l."RefundNumber"
        JOIN "Payments" p ON p."Id" = f."PaymentId"
        WHERE l."ReconciliationId" = {of.Run} AND l."Kind" = 1
          AND (l."Amount" <> f."Amount" OR f."Status" <> {(int)RefundStatus.Done} OR p."TradeNo" IS NULL OR p."TradeNo" <> l."TradeNo")
        UNION ALL
        SELECT {(int)DifferenceKind.Refund},
          COALESCE(p."TradeNo", ''), p."OutTradeNo", f."RefundNumber", CAST(NULL AS BIGINT), CAST(NULL AS BIGINT),
          f."Amount", f."DoneAt", p."Status", f."Status", p."OutTradeNo", p."PurposeNumber"
        FROM "Refunds" f
        JOIN "Payments" p ON p."Id" = f."PaymentId"
        WHERE p."Channel" = {(int)of.Channel} AND f."Status" = {(int)RefundStatus.Done} AND f."DoneAt" >= {of.Begin} AND f."DoneAt" < {of.End}
          AND NOT EXISTS (SELECT 1 FROM "BillLines" l WHERE l."RefundNumber" = f."RefundNumber" AND l."Kind" = 1 AND l."ReconciliationId" IN ({of.Run}, {of.Before}, {of.After}))
        """);

    /// <summary>What moved by the bill: one row per kind.</summary>
    public static IQueryable<MovedSum> BillSums(this ShopDb db, ComparedBills of) => db.Database.SqlQuery<MovedSum>(
        $"""
        SELECT "Kind", COUNT(*) AS "Count", CAST(SUM("Amount") AS BIGINT) AS "Amount", CAST(SUM("Fee") AS BIGINT) AS "Fee" FROM "BillLines" WHERE "ReconciliationId" = {of.Run} GROUP BY "Kind"
        """);

    /// <summary>What moved by the books on that day: one row per kind.</summary>
    public static IQueryable<MovedSum> BookSums(this ShopDb db, ComparedBills of) => db.Database.SqlQuery<MovedSum>(
        $"""
        SELECT 0 AS "Kind", COUNT(*) AS "Count", CAST(COALESCE(SUM("AmountReceived"), 0) AS BIGINT) AS "Amount", CAST(0 AS BIGINT) AS "Fee" FROM "Payments"
        WHERE "Channel" = {(int)of.Channel} AND "TradeNo" IS NOT NULL
          AND (("PaidAt" >= {of.Begin} AND "PaidAt" < {of.End}) OR ("PaidAt" IS NULL AND "ReceivedAt" >= {of.Begin} AND "ReceivedAt" < {of.End}))
        UNION ALL
        SELECT 1, COUNT(*), CAST(COALESCE(SUM(f."Amount"), 0) AS BIGINT), CAST(0 AS BIGINT) FROM "Refunds" f JOIN "Payments" p ON p."Id" = f."PaymentId"
        WHERE p."Channel" = {(int)of.Channel} AND f."Status" = {(int)RefundStatus.Done} AND f."DoneAt" >= {of.Begin} AND f."DoneAt" < {of.End}
        """);
}

namespace CourseShop.Tests.Operations;

/// <summary>A way to break the books of a <see cref="Support.LivelyShop"/>, and what must be found then; orders stand in it by their names.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="What">How.</param>
/// <param name="Sql">What is written behind the shop's back.</param>
/// <param name="Found">Rule and subject of everything that is found.</param>
internal sealed record Violation(string Rule, string What, string Sql, params string[] Found)
{
    public string Name => $"{Rule}, {What}";
}

internal static class Violations
{
    public static readonly IReadOnlyList<Violation> All =
    [
        new("1.1", "paid without money", """UPDATE "Payments" SET "Status" = 3, "TradeNo" = NULL, "AmountReceived" = NULL, "ReceivedAt" = NULL WHERE "OutTradeNo" = '<queried>'""", "1.1 <queried>", "11 全店"),
        new("1.2", "a fen too much", """UPDATE "Payments" SET "AmountReceived" = "AmountReceived" + 1 WHERE "OutTradeNo" = '<paid>'""", "1.2 <paid>", "11 全店"),
        new("1.2", "a surplus that nobody sends back", """UPDATE "Payments" SET "Refunded" = 0 WHERE "OutTradeNo" = '<accepted>'; DELETE FROM "Refunds" WHERE "Cause" = 4""", "1.2 <accepted>", "11 全店"),
        new("1.3", "sold and sent back", """
            INSERT INTO "Refunds" ("PaymentId", "RefundNumber", "Amount", "Cause", "Status", "CreatedAt", "NextTryAt", "Tries") SELECT "Id", 'R1', 1, 1, 0, 9e15, 9e15, 0 FROM "Payments" WHERE "OutTradeNo" = '<paid>';
            UPDATE "Payments" SET "Refunded" = 1 WHERE "OutTradeNo" = '<paid>'
            """, "1.3 <paid>", "11 全店"),
        new("1.4", "asks for more", """UPDATE "Payments" SET "Amount" = "Amount" + 1 WHERE "OutTradeNo" = '<cancelled>'""", "1.4 <cancelled>"),
        new("2.1", "settled but not paid", """UPDATE "Payments" SET "Status" = 2, "TradeNo" = 'x', "AmountReceived" = "Amount", "ReceivedAt" = 1 WHERE "OutTradeNo" = '<waiting>'""", "2.1 <waiting>", "11 全店"),
        new("2.2", "a fen of late money stays", """
            UPDATE "Refunds" SET "Amount" = "Amount" - 1 WHERE "RefundNumber" = '<R:late>';
            UPDATE "Payments" SET "Refunded" = "Refunded" - 1 WHERE "OutTradeNo" = '<late>'
            """, "2.2 <late>"),
        new("2.3", "a fen of second money stayed", """
            UPDATE "Refunds" SET "Amount" = "Amount" - 1 WHERE "RefundNumber" = '<R:second>';
            UPDATE "Payments" SET "Refunded" = "Refunded" - 1 WHERE "OutTradeNo" = '<second>' AND "IsExtra" = 1
            """, "2.3 <second>"),
        new("2.4", "money without a time", """UPDATE "Payments" SET "ReceivedAt" = NULL WHERE "OutTradeNo" = '<paid>'""", "2.4 <paid>"),
        new("2.4", "a trade without money", """UPDATE "Payments" SET "TradeNo" = 'x' WHERE "OutTradeNo" = '<waiting>'""", "2.4 <waiting>"),
        new("3.1", "one trade, two payments", """
            DROP INDEX "IX_Payments_TradeNo";
            UPDATE "Payments" SET "TradeNo" = 'trade-paid' WHERE "OutTradeNo" = '<queried>' AND '<queried>' > '<paid>';
            UPDATE "Payments" SET "TradeNo" = (SELECT "TradeNo" FROM "Payments" WHERE "OutTradeNo" = '<paid>'), "OutTradeNo" = '0' WHERE "OutTradeNo" = '<queried>'
            """, "3.1 0"),
        new("3.2", "settled twice", """
            INSERT INTO "Payments" ("Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", "TradeNo", "AmountReceived", "AlreadyRefunded", "Refunded", "IsExtra")
            SELECT "Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", 'another', "AmountReceived", 0, 0, 1 FROM "Payments" WHERE "OutTradeNo" = '<paid>'
            """, "3.2 <paid>", "11 全店"),
        new("3.3", "a number used again", """
            DROP INDEX "IX_Payments_Attempt"; UPDATE "Payments" SET "OutTradeNo" = '<cancelled>' WHERE "OutTradeNo" = '<timedOut>'
            """, "3.3 <cancelled>"),
        new("4.1", "more went back than came", """UPDATE "Payments" SET "AlreadyRefunded" = "AmountReceived" + 1 WHERE "OutTradeNo" = '<held>'""", "4.1 <held>"),
        new("4.2", "a sum that is wrong", """UPDATE "Payments" SET "Refunded" = 1 WHERE "OutTradeNo" = '<paid>'""", "4.2 <paid>"),
        new("4.3", "a number used again", """DROP INDEX "IX_Refunds_RefundNumber"; UPDATE "Refunds" SET "RefundNumber" = '<R:second>' WHERE "RefundNumber" = '<R:late>'""", "4.3 <R:second>"),
        new("4.4", "less money than the refund says", """
            UPDATE "Refunds" SET "Amount" = "Amount" - 1 WHERE "RefundNumber" = '<R:whole>';
            UPDATE "Payments" SET "Refunded" = "Refunded" - 1 WHERE "OutTradeNo" = '<whole>'
            """, "4.4 <R:whole>", "11 全店"),
        new("4.4", "open, but its money is back", """UPDATE "Refunds" SET "Status" = 1 WHERE "RefundNumber" = '<R:going>'""", "4.4 <R:going>", "12.3 <R:going>"),
        new("4.5", "money back without a refund", """
            INSERT INTO "Refunds" ("PaymentId", "RefundNumber", "Amount", "Cause", "Status", "CreatedAt", "NextTryAt", "Tries") SELECT "Id", 'R1', 1, 3, 0, 9e15, 9e15, 0 FROM "Payments" WHERE "OutTradeNo" = '<paid>';
            UPDATE "Payments" SET "Refunded" = 1 WHERE "OutTradeNo" = '<paid>'
            """, "4.5 R1", "11 全店"),
        new("4.6", "more credits than its lines", """UPDATE "OrderRefunds" SET "Credits" = "Credits" + 1 WHERE "Number" = '<R:asked>'""", "4.6 <R:asked>"),
        new("4.6", "a line of another order", """UPDATE "OrderRefundLines" SET "OrderLineId" = (SELECT l."Id" FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId" WHERE o."Number" = '<paid>') WHERE "OrderRefundId" = (SELECT "Id" FROM "OrderRefunds" WHERE "Number" = '<R:asked>')""", "4.6 <R:asked>"),
        new("4.7", "done, but the line is not taken back", """
            INSERT INTO "OrderRefunds" ("OrderId", "Number", "Status", "BegunBy", "IsRequest", "Reason", "Money", "Credits", "CreatedAt") SELECT "Id", 'R1', 4, 1, 0, '', 0, 0, 1 FROM "Orders" WHERE "Number" = '<free>';
            INSERT INTO "OrderRefundLines" ("OrderRefundId", "OrderLineId", "IsHeld") SELECT x."Id", l."Id", 1 FROM "OrderRefunds" x JOIN "OrderLines" l ON l."OrderId" = x."OrderId" WHERE x."Number" = 'R1'
            """, "4.7 <free>", "12.3 R1"),
        new("4.8", "a line let go too early", """UPDATE "OrderRefundLines" SET "IsHeld" = 0 WHERE "OrderRefundId" = (SELECT "Id" FROM "OrderRefunds" WHERE "Number" = '<R:asked>')""", "4.8 <R:asked>"),
        new("4.9", "refunded whole, called in part", """UPDATE "Orders" SET "Status" = 4 WHERE "Number" = '<whole>'""", "4.9 <whole>"),
        new("5.1", "paid without access", $"""UPDATE "Enrollments" SET "RevokedAt" = 1 WHERE "OrderLineId" IN {LinesOf("paid")}""", "5.1 <paid>"),
        new("5.2", "access without payment", $"""INSERT INTO "Enrollments" ("UserId", "CourseId", "Source", "StartsAt", "OrderLineId") SELECT 1, "CourseId", 0, 0, "Id" FROM "OrderLines" WHERE "Id" IN {LinesOf("cancelled")}""", "5.2 <cancelled>"),
        new("5.3", "refunded and still open", $"""UPDATE "Enrollments" SET "RevokedAt" = NULL WHERE "OrderLineId" IN {LinesOf("whole")}""", "5.3 <whole>"),
        new("5.4", "for ever became a day", $"""UPDATE "Enrollments" SET "EndsAt" = "StartsAt" + 86400000 WHERE "OrderLineId" IN {LinesOf("paid")}""", "5.4 <paid>"),
        new("5.5", "bought twice", $"""
            UPDATE "Orders" SET "Number" = '0' WHERE "Number" = '<free>';
            UPDATE "OrderLines" SET "CourseId" = 1 WHERE "Id" IN {LinesOf("paid")} OR "OrderId" = (SELECT "Id" FROM "Orders" WHERE "Number" = '0');
            UPDATE "Enrollments" SET "CourseId" = 1 WHERE "OrderLineId" IN (SELECT "Id" FROM "OrderLines" WHERE "CourseId" = 1)
            """, "5.5 0"),
        new("6.1", "a used coupon that can be used again", """UPDATE "IssuedCoupons" SET "Status" = 0, "OrderNumber" = NULL, "UsedAt" = NULL WHERE "OrderNumber" = '<coupon>'""", "6.1 <coupon>"),
        new("6.2", "did not come back", """UPDATE "IssuedCoupons" SET "Status" = 2, "OrderNumber" = '<wholeCoupon>', "UsedAt" = 1 WHERE "Id" = (SELECT "IssuedCouponId" FROM "Orders" WHERE "Number" = '<wholeCoupon>')""", "6.2 <wholeCoupon>"),
        new("6.3", "free, and yet used once", """UPDATE "IssuedCoupons" SET "Id" = 7777, "UsedAt" = 1 WHERE "Id" = (SELECT MAX("Id") FROM "IssuedCoupons" WHERE "Status" = 0 AND "Id" NOT IN (SELECT "IssuedCouponId" FROM "Orders" WHERE "IssuedCouponId" IS NOT NULL))""", "6.3 #7777"),
        new("6.4", "somebody else's", """
            UPDATE "IssuedCoupons" SET "UserId" = (SELECT "Id" FROM "AspNetUsers" WHERE "UserName" = 'editor') WHERE "OrderNumber" = '<coupon>'
            """, "6.4 <coupon>"),
        new("6.5", "off without a coupon", """UPDATE "Orders" SET "IssuedCouponId" = NULL WHERE "Number" = '<coupon>'""", "6.5 <coupon>", "6.3 <coupon>"),
        new("6.6", "one more than counted", """UPDATE "Coupons" SET "IssuedCount" = "IssuedCount" - 1 WHERE "Id" = 1""", "6.6 #1"),
        new("6.6", "more than there are", """UPDATE "Coupons" SET "TotalLimit" = 0 WHERE "Id" = 1""", "6.6 #1"),
        new("6.7", "more than one may have", """UPDATE "Coupons" SET "PerUserLimit" = 0 WHERE "Id" = 1""", "6.7 #1"),
        new("6.8", "takes off more than it is worth", """UPDATE "Coupons" SET "Kind" = 0, "Amount" = 1 WHERE "Id" = (SELECT "CouponId" FROM "IssuedCoupons" WHERE "OrderNumber" = '<coupon>')""", "6.8 <coupon>"),
        new("7.1", "a line that doesn't add up", $"""
            UPDATE "OrderLines" SET "ListPrice" = "ListPrice" + 1 WHERE "Id" IN {LinesOf("paid")};
            UPDATE "Orders" SET "ListTotal" = "ListTotal" + 1 WHERE "Number" = '<paid>'
            """, "7.1 <paid>"),
        new("7.1", "below zero", $"""
            UPDATE "OrderLines" SET "CampaignDiscount" = -1, "ListPrice" = "ListPrice" - 1 WHERE "Id" IN {LinesOf("paid")};
            UPDATE "Orders" SET "CampaignDiscount" = -1, "ListTotal" = "ListTotal" - 1 WHERE "Number" = '<paid>'
            """, "7.1 <paid>"),
        new("7.2", "an order that doesn't add up", """UPDATE "Orders" SET "ListTotal" = "ListTotal" + 1 WHERE "Number" = '<paid>'""", "7.2 <paid>"),
        new("8.1", "below zero", """INSERT INTO "CreditEntries" ("UserId", "Amount", "Kind", "ReasonKey", "At") SELECT "Id", -100000, 0, 'x', 0 FROM "AspNetUsers" WHERE "UserName" = 'shopper'""", "8.1 shopper"),
        new("8.2", "not given back", """UPDATE "CreditEntries" SET "OrderNumber" = NULL WHERE "ReasonKey" = 'order:<cancelled>:release'""", "8.2 <cancelled>"),
        new("8.3", "without a cause", """UPDATE "CreditEntries" SET "ReasonKey" = 'order:<credits>:other' WHERE "ReasonKey" = 'order:<credits>:hold'""", "8.3 <credits>"),
        new("8.4", "booked twice", """DROP INDEX "IX_CreditEntries_ReasonKey"; UPDATE "CreditEntries" SET "ReasonKey" = 'x' WHERE "ReasonKey" LIKE 'welcome:%'""", "8.4 x"),
        new("9.1", "below zero", """
            INSERT INTO "WalletEntries" ("UserId", "Amount", "Kind", "ReasonKey", "Reference", "At") SELECT "Id", -1, 0, 'x', 'x', 0 FROM "AspNetUsers" WHERE "UserName" = 'editor'
            """, "9.1 editor", "9.2 x", "11 全店"),
        new("9.2", "somebody else's", """UPDATE "WalletEntries" SET "UserId" = (SELECT "Id" FROM "AspNetUsers" WHERE "UserName" = 'editor') WHERE "ReasonKey" = 'top-up:<topUp>'""", "9.1 shopper", "9.2 top-up:<topUp>"),
        new("9.3", "paid and not booked", """UPDATE "TopUps" SET "PaidAt" = NULL WHERE "Number" = '<topUp>'""", "9.3 <topUp>", "9.2 top-up:<topUp>"),
        new("9.3", "a fen too much", """UPDATE "Payments" SET "AmountReceived" = "AmountReceived" + 1 WHERE "OutTradeNo" = '<topUp>'""", "9.3 <topUp>", "11 全店"),
        new("9.4", "paid, and the wallet is as full as before", """UPDATE "WalletEntries" SET "ReasonKey" = 'x' WHERE "ReasonKey" = 'pay:<balance>'""", "9.2 x", "9.4 <balance>"),
        new("9.5", "went back, but not to the wallet", """UPDATE "WalletEntries" SET "ReasonKey" = 'x' WHERE "ReasonKey" = 'refund:<R:balanceBack>'""", "9.2 x", "9.5 <R:balanceBack>"),
        new("9.6", "booked twice", """
            DROP INDEX "IX_WalletEntries_ReasonKey";
            INSERT INTO "WalletEntries" ("UserId", "Amount", "Kind", "ReasonKey", "Reference", "At") SELECT "UserId", "Amount", "Kind", "ReasonKey", "Reference", "At" FROM "WalletEntries" WHERE "ReasonKey" = 'top-up:<topUp>'
            """, "9.3 <topUp>", "9.6 top-up:<topUp>", "11 全店"),
        new("9.7", "booked for nothing", """UPDATE "WalletEntries" SET "Reference" = 'x' WHERE "ReasonKey" = 'tip:<tip>:in'""", "9.2 tip:<tip>:in", "9.7 <tip>"),
        new("9.8", "said to be back", """UPDATE "Tips" SET "RefundedAt" = 1 WHERE "Number" = '<tip>'""", "9.8 <tip>"),
        new("9.8", "given twice", """
            INSERT INTO "Payments" ("Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", "TradeNo", "AmountReceived", "AlreadyRefunded", "Refunded", "IsExtra")
            SELECT "Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", 'another', "AmountReceived", 0, 0, 1 FROM "Payments" WHERE "OutTradeNo" = '<tip>'
            """, "9.8 <tip>", "11 全店"),
        new("9.9", "declined and not put back", """UPDATE "Withdrawals" SET "Status" = 5 WHERE "Number" = '<out>'""", "9.9 <out>", "11 全店"),
        new("10.1", "still holds a coupon", """
            UPDATE "Orders" SET "IssuedCouponId" = (SELECT MAX("Id") FROM "IssuedCoupons" WHERE "Status" = 0 AND "UserId" = "Orders"."UserId") WHERE "Number" = '<cancelled>';
            UPDATE "IssuedCoupons" SET "Status" = 1, "OrderNumber" = '<cancelled>' WHERE "Id" = (SELECT "IssuedCouponId" FROM "Orders" WHERE "Number" = '<cancelled>')
            """, "10.1 <cancelled>"),
        new("10.2", "can still be paid", """UPDATE "Payments" SET "Status" = 1 WHERE "OutTradeNo" = '<cancelled>'""", "10.2 <cancelled>"),
        new("11", "money that nothing knows of", """
            INSERT INTO "Payments" ("Purpose", "PurposeNumber", "Channel", "OutTradeNo", "Amount", "Subject", "Status", "PayBy", "CreatedAt", "ReceivedAt", "TradeNo", "AmountReceived", "AlreadyRefunded", "Refunded", "IsExtra")
            VALUES (99, 'x', 0, 'x', 1, '', 2, 1, 1, 1, 'x', 1, 0, 0, 0)
            """, "11 全店"),
        new("12.1", "cancelled after it was paid", """
            INSERT INTO "OrderEvents" ("OrderId", "Kind", "At") SELECT "Id", 3, 0 FROM "Orders" WHERE "Number" = '<paid>';
            INSERT INTO "OrderEvents" ("OrderId", "Kind", "At") SELECT "Id", 2, 0 FROM "Orders" WHERE "Number" = '<paid>'
            """, "12.1 <paid>"),
        new("12.2", "paid without saying so", """UPDATE "OrderEvents" SET "Kind" = 1 WHERE "Kind" = 2 AND "OrderId" = (SELECT "Id" FROM "Orders" WHERE "Number" = '<queried>')""", "12.2 <queried>"),
        new("12.3", "sent back without saying so", """UPDATE "OrderEvents" SET "Detail" = NULL WHERE "Detail" = '<R:second>'""", "12.3 <R:second>"),
        new("12.4", "paid at no time", """UPDATE "Orders" SET "PaidAt" = NULL WHERE "Number" = '<paid>'""", "12.4 <paid>"),
        new("12.6", "a row is gone", """DELETE FROM "CreditEntries" WHERE "ReasonKey" = 'welcome:second'""", "12.6 CreditEntries"),
        new("12.6", "the last row is gone", """
            INSERT INTO "OrderEvents" ("OrderId", "Kind", "At") SELECT MAX("Id"), 1, 0 FROM "Orders";
            DELETE FROM "OrderEvents" WHERE "Id" = (SELECT MAX("Id") FROM "OrderEvents")
            """, "12.6 OrderEvents"),
        new("12.6", "a notification is gone", """
            INSERT INTO "PaymentNotifications" ("Channel", "Body", "Verdict", "RemoteAddress", "ReceivedAt") VALUES (0, '', 2, '', 0), (0, '', 2, '', 0);
            DELETE FROM "PaymentNotifications" WHERE "Id" = (SELECT MAX("Id") - 1 FROM "PaymentNotifications")
            """, "12.6 PaymentNotifications"),
        new("13.1", "acknowledged and lost", """UPDATE "Payments" SET "TradeNo" = 'x' WHERE "OutTradeNo" = '<paid>'""", "13.1 <paid>"),
        new("W1", "held without anybody deciding", """
            UPDATE "Payments" SET "Status" = 4, "Refunded" = 0 WHERE "OutTradeNo" = '<late>'; UPDATE "Refunds" SET "Status" = 2 WHERE "RefundNumber" = '<R:late>'
            """, "W1 <late>"),
        new("W2", "refused", """
            UPDATE "Refunds" SET "Status" = 2 WHERE "Cause" = 4; UPDATE "Payments" SET "Refunded" = 0 WHERE "OutTradeNo" = '<accepted>'
            """, "W2 <accepted>"),
        new("W3", "no answer for hours", """UPDATE "Refunds" SET "CreatedAt" = "CreatedAt" - 7200000, "Tries" = 3 WHERE "RefundNumber" = '<R:late>'""", "W3 <R:late>"),
        new("W4", "nobody sends it", """UPDATE "Refunds" SET "CreatedAt" = "CreatedAt" - 1200000 WHERE "RefundNumber" = '<R:late>'""", "W4 <R:late>"),
        new("W5", "nobody knows", """UPDATE "Orders" SET "PayBy" = "PayBy" - 7200000 WHERE "Number" = '<waiting>'""", "W5 <waiting>"),
        new("W6", "nobody knows", """UPDATE "Payments" SET "PayBy" = "PayBy" - 7200000 WHERE "OutTradeNo" = '<topUpWaiting>'""", "W6 <topUpWaiting>"),
        new("W7", "unclear", """UPDATE "Withdrawals" SET "Status" = 3 WHERE "Number" = '<out>'""", "W7 <out>"),
        new("W8", "no answer for hours", """UPDATE "Withdrawals" SET "Status" = 1, "DecidedAt" = "RequestedAt" - 7200000 WHERE "Number" = '<out>'""", "W8 <out>"),
    ];

    private static string LinesOf(string name) => $"""(SELECT l."Id" FROM "OrderLines" l JOIN "Orders" o ON o."Id" = l."OrderId" WHERE o."Number" = '<{name}>')""";
}

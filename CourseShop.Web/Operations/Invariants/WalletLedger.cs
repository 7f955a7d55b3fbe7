using CourseShop.Payments;
using CourseShop.Wallets;
using static CourseShop.Operations.Invariants.Codes;

namespace CourseShop.Operations.Invariants;

/// <summary>Invariant 9: wallets. The balance is the sum of its rows and never below zero; no row without a cause, no cause without its row.</summary>
internal static class WalletLedger
{
    private const int ForTopUps = (int)PaymentPurpose.TopUp;
    private const int FromBalance = (int)PaymentChannel.Balance;

    private const int ForTips = (int)PaymentPurpose.Tip;
    private static readonly string Due = "CASE WHEN t.\"PaidAt\" IS NULL THEN 0 ELSE t.\"Amount\" END";

    private static readonly string PutBack = $"{(int)WithdrawalStatus.Declined}, {(int)WithdrawalStatus.Failed}";

    private static string SettledFor(int purpose) => $"""
        COALESCE((SELECT SUM(CASE WHEN {Kept} > p."Amount" AND {HasRefusedSurplus} THEN p."Amount" ELSE {Kept} END) FROM "Payments" p WHERE p."Purpose" = {purpose} AND p."PurposeNumber" = t."Number" AND p."Status" = {Settled}), 0)
        """;

    private static readonly string TopUpBooked = """COALESCE((SELECT SUM(w."Amount") FROM "WalletEntries" w WHERE w."Reference" = t."Number"), 0)""";

    private static string BackOf(string states) => $"""
        EXISTS (SELECT 1 FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" WHERE r."RefundNumber" = t."RefundNumber" AND p."PurposeNumber" = t."Number" AND r."Cause" = {TakenBack} AND r."Amount" = t."Amount" AND r."Status" IN ({states}))
        """;

    public static readonly IReadOnlyList<Invariant> Rules =
    [
        new("9.1", "钱包余额不小于零", "钱包余额是 {0}", scope => $"""
            SELECT u."UserName", u."Id", SUM(w."Amount") AS "BalanceFen" FROM "WalletEntries" w JOIN "AspNetUsers" u ON u."Id" = w."UserId"
            WHERE 1 = 1 {scope.Users("w.\"UserId\"")} GROUP BY u."Id", u."UserName" HAVING SUM(w."Amount") < 0
            """),
        new("9.2", "钱包的每一行都有自己的缘由，金额和人也对", "钱包流水 {0} 的金额、人或缘由不对", scope => $"""
            SELECT w."ReasonKey", w."UserId", w."Amount" AS "BookedFen" FROM "WalletEntries" w
            WHERE 1 = 1 {scope.Users("w.\"UserId\"")} AND NOT (CASE w."Kind"
              WHEN {(int)WalletKind.TopUp} THEN EXISTS (SELECT 1 FROM "TopUps" t
                WHERE t."Number" = w."Reference" AND w."ReasonKey" = 'top-up:' || t."Number" AND w."UserId" = t."UserId" AND w."Amount" = t."Amount" AND t."PaidAt" IS NOT NULL)
              WHEN {(int)WalletKind.OrderPaid} THEN EXISTS (SELECT 1 FROM {PaymentsOfOrders}
                WHERE p."Purpose" = 0 AND p."PurposeNumber" = w."Reference" AND p."Channel" = {FromBalance} AND p."Status" = {Settled} AND w."ReasonKey" = 'pay:' || p."OutTradeNo" AND w."Amount" = -p."Amount" AND w."UserId" = o."UserId")
              WHEN {(int)WalletKind.Refund} THEN EXISTS (SELECT 1 FROM "Payments" p JOIN "Refunds" r ON r."PaymentId" = p."Id"
                WHERE p."Purpose" IN ({CheckScope.Purposes}) AND p."PurposeNumber" = w."Reference" AND p."Channel" = {FromBalance} AND r."Status" = {WentBack} AND w."ReasonKey" = 'refund:' || r."RefundNumber" AND w."Amount" = r."Amount"
                  AND EXISTS (SELECT 1 FROM "WalletEntries" paid WHERE paid."ReasonKey" = 'pay:' || p."OutTradeNo" AND paid."UserId" = w."UserId"))
              WHEN {(int)WalletKind.TipOut} THEN EXISTS (SELECT 1 FROM "Payments" p JOIN "Tips" t ON t."Number" = p."PurposeNumber"
                WHERE p."Purpose" = {ForTips} AND p."PurposeNumber" = w."Reference" AND p."Channel" = {FromBalance} AND p."Status" = {Settled} AND w."ReasonKey" = 'pay:' || p."OutTradeNo" AND w."Amount" = -p."Amount" AND w."UserId" = t."UserId")
              WHEN {(int)WalletKind.TipIn} THEN EXISTS (SELECT 1 FROM "Tips" t WHERE t."Number" = w."Reference" AND t."PaidAt" IS NOT NULL AND w."UserId" = t."AuthorId" AND ABS(w."Amount") = t."Amount")
              WHEN {(int)WalletKind.PlatformShare} THEN EXISTS (SELECT 1 FROM "Tips" t WHERE t."Number" = w."Reference" AND t."PaidAt" IS NOT NULL AND COALESCE(w."UserId", t."AuthorId") = t."AuthorId" AND ABS(w."Amount") = t."Share")
              WHEN {(int)WalletKind.Withdrawal} THEN EXISTS (SELECT 1 FROM "Withdrawals" d WHERE d."Number" = w."Reference" AND w."ReasonKey" = 'withdrawal:' || d."Number" AND w."UserId" = d."UserId" AND w."Amount" = -d."Amount")
              WHEN {(int)WalletKind.WithdrawalReturned} THEN EXISTS (SELECT 1 FROM "Withdrawals" d
                WHERE d."Number" = w."Reference" AND w."ReasonKey" = 'withdrawal:' || d."Number" || ':returned' AND w."UserId" = d."UserId" AND w."Amount" = d."Amount" AND d."Status" IN ({PutBack}))
              ELSE FALSE END)
            """),
        new("9.3", "付了款的充值，入账和钱包里都正好是它；没有付的都没有", "充值 {0}，入账 {1}，钱包里 {2}", scope => $"""
            SELECT * FROM (
              SELECT t."Number", t."UserId", t."Amount" AS "AmountFen", {SettledFor(ForTopUps)} AS "SettledFen", {TopUpBooked} AS "BookedFen", {Due} AS "Due" FROM "TopUps" t
              WHERE 1 = 1 {scope.Users("t.\"UserId\"")}) "x"
            WHERE "SettledFen" <> "Due" OR "BookedFen" <> "Due"
            """),
        new("9.4", "从余额付的钱都已入账，钱包里正好少了它", "从余额付了 {0}，钱包里却不是这样", scope => $"""
            SELECT p."OutTradeNo", w."UserId", p."Amount" AS "AskedFen" FROM "Payments" p LEFT JOIN "WalletEntries" w ON w."ReasonKey" = 'pay:' || p."OutTradeNo"
            WHERE p."Channel" = {FromBalance} AND (p."Status" <> {Settled} OR p."IsExtra" OR w."Id" IS NULL OR w."Amount" <> -p."Amount" OR p."AmountReceived" <> p."Amount") {scope.Payments("p")}
            """),
        new("9.5", "从余额付的钱退了，就回到了钱包", "退了 {0}，钱包里却不是这样", scope => $"""
            SELECT r."RefundNumber", w."UserId", r."Amount" AS "BackFen" FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" LEFT JOIN "WalletEntries" w ON w."ReasonKey" = 'refund:' || r."RefundNumber"
            WHERE p."Channel" = {FromBalance} AND ((r."Status" = {WentBack}) <> (w."Id" IS NOT NULL) OR w."Amount" <> r."Amount") {scope.Payments("p")}
            """),
        new("9.6", "钱包的一个缘由只记一次", "缘由 {0} 记了 {1} 次", scope => $"""
            SELECT w."ReasonKey", MIN(w."UserId"), w."ReasonKey", COUNT(*) FROM "WalletEntries" w
            WHERE 1 = 1 {scope.Users("w.\"UserId\"")} GROUP BY w."ReasonKey" HAVING COUNT(*) > 1
            """),
        new("9.7", "付了款没有退的赞赏，作者和平台正好得到它；别的都没有", "赞赏 {0}，作者得到 {1}，平台得到 {2}", scope => $"""
            SELECT "Number", "AuthorId", "AmountFen", "AuthorFen", "PlatformFen" FROM (
              SELECT t."Number", t."AuthorId", t."Amount" AS "AmountFen", t."Share", t."PaidAt" IS NOT NULL AND t."TakenBackAt" IS NULL AS "IsGiven",
                COALESCE((SELECT SUM(w."Amount") FROM "WalletEntries" w WHERE w."Reference" = t."Number" AND w."UserId" = t."AuthorId"), 0) AS "AuthorFen",
                COALESCE((SELECT SUM(w."Amount") FROM "WalletEntries" w WHERE w."Reference" = t."Number" AND w."UserId" IS NULL), 0) AS "PlatformFen"
              FROM "Tips" t WHERE 1 = 1 {scope.Users("t.\"AuthorId\"")}) "x"
            WHERE "AuthorFen" <> CASE WHEN "IsGiven" THEN "AmountFen" - "Share" ELSE 0 END OR "PlatformFen" <> CASE WHEN "IsGiven" THEN "Share" ELSE 0 END
            """),
        new("9.8", "付了款的赞赏入账一次，收回的正好有一笔退款退它", "赞赏 {0}，入账 {1}，与它的付款或退款不一致", scope => $"""
            SELECT * FROM (SELECT t."Number", t."AuthorId", t."Amount" AS "AmountFen", {SettledFor(ForTips)} AS "SettledFen", {Due} AS "Due",
                t."TakenBackAt" IS NOT NULL AS "IsTaken", t."RefundedAt" IS NOT NULL AS "IsBack", {BackOf(Going)} AS "IsGoing", {BackOf($"{WentBack}")} AS "IsDone"
              FROM "Tips" t WHERE 1 = 1 {scope.Users("t.\"AuthorId\"")}) "x"
            WHERE "SettledFen" <> "Due" OR "IsTaken" <> "IsGoing" OR "IsBack" <> "IsDone"
            """),
        new("9.9", "每笔提现的钱都不在钱包里，只有拒绝和失败的退回了", "提现 {0}，钱包里合计 {1}，与它的状态不一致", scope => $"""
            SELECT "Number", "UserId", "AmountFen", "BookedFen" FROM (
              SELECT d."Number", d."UserId", d."Amount" AS "AmountFen", d."Status", COALESCE((SELECT SUM(w."Amount") FROM "WalletEntries" w WHERE w."Reference" = d."Number"), 0) AS "BookedFen"
              FROM "Withdrawals" d WHERE 1 = 1 {scope.Users("d.\"UserId\"")}) "x"
            WHERE "BookedFen" <> CASE WHEN "Status" IN ({PutBack}) THEN 0 ELSE -"AmountFen" END
            """),
    ];
}

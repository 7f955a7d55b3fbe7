using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations.Invariants;

namespace CourseShop.Operations;

/// <summary>Which part of the books is looked at.</summary>
/// <param name="Rules">Which invariants.</param>
/// <param name="Since">Only orders and shoppers that something happened to since then; null for all.</param>
/// <param name="SinceAt">When that was.</param>
public sealed record CheckPlan(IReadOnlyList<Invariant> Rules, CheckMarks? Since = null, DateTimeOffset SinceAt = default)
{
    public static CheckPlan Everything { get; } = new(MoneyRules.All);
}

/// <summary>What was found.</summary>
/// <param name="Findings">At most <see cref="CheckMoney.MostPerRule"/> of each invariant.</param>
/// <param name="Marks">How far the books were read.</param>
/// <param name="Balance">The trial balance, where everything was looked at.</param>
/// <param name="Orders">How many orders there are.</param>
/// <param name="Payments">How many payments there are.</param>
public sealed record CheckReport(IReadOnlyList<Finding> Findings, CheckMarks Marks, IReadOnlyList<TrialSum> Balance, long Orders, long Payments)
{
    public IReadOnlyList<Finding> Broken => [.. Findings.Where(finding => !finding.Rule.IsForAPerson)];

    public IReadOnlyList<Finding> ForAPerson => [.. Findings.Where(finding => finding.Rule.IsForAPerson)];
}

/// <summary>Asks every invariant of one snapshot of the books, so that the answers agree with each other; reads only, and holds nobody up.</summary>
public sealed class CheckMoney(ShopDb db, TimeProvider clock)
{
    public const int MostPerRule = 1_000;

    private const string Counts = """SELECT (SELECT COUNT(*) FROM "Orders"), (SELECT COUNT(*) FROM "Payments")""";
    private const string Marks = """SELECT (SELECT MAX("Id") FROM "OrderEvents"), (SELECT MAX("Id") FROM "CreditEntries"), (SELECT MAX("Id") FROM "IssuedCoupons")""";

    public async Task<CheckReport> RunAsync(CheckPlan plan, CancellationToken stop)
    {
        await using var books = await BookSnapshot.TakeAsync(db, clock.GetUtcNow(), stop);
        var marks = await books.NumbersAsync(Marks, stop);
        await books.SealAsync(plan.Since is { } since ? Gather(since.Before(db.Dialect.MostRowsInFlight), plan.SinceAt) : null, stop);

        var scope = new CheckScope(plan.Since is null, db.Dialect);
        var findings = new List<Finding>();
        foreach (var rule in plan.Rules)
            findings.AddRange(await FindAsync(books, rule, scope, stop));
        var isWhole = plan == CheckPlan.Everything;
        var counts = isWhole ? await books.NumbersAsync(Counts, stop) : [0, 0];
        return new(findings, new(marks[0], marks[1], marks[2]), isWhole ? await SumAsync(books, stop) : [], counts[0], counts[1]);
    }

    private static Task<List<Finding>> FindAsync(BookSnapshot books, Invariant rule, CheckScope scope, CancellationToken stop) =>
        rule.Sql(scope) is not { Length: > 0 } sql ? Task.FromResult(new List<Finding>()) : books.RowsAsync(sql, MostPerRule, row => new Finding(rule, BookSnapshot.Fact(row, 0), row.FieldCount > 1 ? BookSnapshot.Number(row, 1) : null,
            [.. Enumerable.Range(2, Math.Max(0, row.FieldCount - 2)).Select(column => BookSnapshot.Fact(row, column))]), stop);

    private static Task<List<TrialSum>> SumAsync(BookSnapshot books, CancellationToken stop) => books.RowsAsync($"""{TrialBalance.Sums} ORDER BY 1""", TrialBalance.Lines.Count, row =>
    {
        var line = TrialBalance.Lines[row.GetInt32(0)];
        return new TrialSum(line.Name, line.IsIncome, new Money(row.GetInt64(2)));
    }, stop);

    /// <summary>What something happened to since, and what is still on its way: it may have been left alone too long.</summary>
    private static string Gather(CheckMarks since, DateTimeOffset sinceAt) => string.Create(CultureInfo.InvariantCulture, $"""
        CREATE TEMP TABLE "TouchedOrders" ("Number" TEXT PRIMARY KEY);
        INSERT INTO "TouchedOrders"
          SELECT o."Number" FROM "OrderEvents" e JOIN "Orders" o ON o."Id" = e."OrderId" WHERE e."Id" > {since.Step}
          UNION SELECT c."OrderNumber" FROM "CreditEntries" c WHERE c."Id" > {since.Credit} AND c."OrderNumber" IS NOT NULL
          UNION SELECT o."Number" FROM "Orders" o WHERE o."Status" = {Codes.Awaiting}
          UNION SELECT p."PurposeNumber" FROM "Payments" p WHERE {Codes.ForStaff}
          UNION SELECT p."PurposeNumber" FROM "Payments" p WHERE p."ReceivedAt" >= {sinceAt.ToUnixTimeMilliseconds()}
          UNION SELECT p."PurposeNumber" FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" WHERE r."Status" = {Codes.GoingBack}
          UNION SELECT p."PurposeNumber" FROM "Refunds" r JOIN "Payments" p ON p."Id" = r."PaymentId" WHERE r."DoneAt" >= {sinceAt.ToUnixTimeMilliseconds()}
          UNION SELECT o."Number" FROM "OrderRefunds" x JOIN "Orders" o ON o."Id" = x."OrderId" WHERE x."Status" IN ({Codes.RefundRequested}, {Codes.RefundOpen});
        CREATE TEMP TABLE "TouchedUsers" ("Id" BIGINT PRIMARY KEY);
        INSERT INTO "TouchedUsers"
          SELECT o."UserId" FROM "Orders" o JOIN "TouchedOrders" t ON t."Number" = o."Number"
          UNION SELECT c."UserId" FROM "CreditEntries" c WHERE c."Id" > {since.Credit}
          UNION SELECT i."UserId" FROM "IssuedCoupons" i WHERE i."Id" > {since.Coupon}
          UNION SELECT w."UserId" FROM "WalletEntries" w WHERE w."At" >= {sinceAt.ToUnixTimeMilliseconds()} AND w."UserId" IS NOT NULL
          UNION SELECT u."UserId" FROM "TopUps" u JOIN "TouchedOrders" t ON t."Number" = u."Number"
          UNION SELECT u."AuthorId" FROM "Tips" u JOIN "TouchedOrders" t ON t."Number" = u."Number";
        """);
}

using System.Data.Common;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations;
using CourseShop.Operations.Invariants;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Operations;

/// <summary>Every invariant finds the one row that breaks it, and says nothing of a shop in which everything has happened once.</summary>
public sealed class CheckMoneyTests(LivelyShop shop) : IClassFixture<LivelyShop>, IDisposable
{
    private readonly ShopFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shop_in_which_everything_has_happened_is_clean()
    {
        var report = await CheckAsync(shop.CopyTo(_folder.Path));

        Assert.Empty(report.Broken.Select(MoneyInvariants.Say));
        Assert.Equal([("W1", shop.Numbers["held"])], report.ForAPerson.Select(finding => (finding.Rule.Number, finding.Subject)));
        Assert.Equal(0, report.Balance.Sum(line => line.IsIncome ? line.Amount.Fen : -line.Amount.Fen));
        Assert.All(report.Balance.Where(line => line.Name != "收到之前已在支付宝退掉"), line => Assert.NotEqual(0, line.Amount.Fen));
    }

    [Fact]
    public async Task Access_that_was_bought_for_long_is_counted_in_days_however_many()
    {
        using var lasting = new ShopHost();
        var term = await lasting.ReadAsync(db => db.AccessTerms.Where(term => term.Days >= 180 && term.Price > Money.Zero).OrderBy(term => term.Id).Select(term => new { term.Id, term.CourseId }).FirstAsync());
        var shopper = await lasting.SignedInAsync();
        var confirm = await shopper.ChooseAsync(await shopper.GetAsync($"/checkout?course={term.CourseId}&term={term.Id}"), coupon: "", credits: "0");
        var number = (await shopper.PlaceAsync(confirm)).Location!.OriginalString.Split('/')[2];
        await shopper.OpenPaymentAsync(number);
        var total = await lasting.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Total).SingleAsync());

        Assert.Equal("success", await lasting.NotifyAsync(FakeAlipay.Notification(number, await lasting.PayAtAlipayAsync(number), total)));

        Assert.True(await lasting.ReadAsync(db => db.Enrollments.AnyAsync(grant => grant.EndsAt != null)));
        await lasting.AssertHoldAsync();
    }

    [Fact]
    public void Every_rule_is_tried() => Assert.Equal(MoneyRules.All.Select(rule => rule.Number).Where(number => number != "12.5"), Violations.All.Select(violation => violation.Rule).Distinct());

    public static TheoryData<string> Cases => [.. Violations.All.Where(violation => !(PostgresServer.IsUsual && violation.Rule == "12.6")).Select(violation => violation.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_rule_finds_the_row_that_breaks_it_and_nothing_else_does(string name)
    {
        var violation = Violations.All.Single(violation => violation.Name == name);
        var books = shop.CopyTo(_folder.Path);

        await Tampering.TamperAsync(books, shop.Named(violation.Sql));

        var found = (await CheckAsync(books)).Findings.Select(finding => $"{finding.Rule.Number} {finding.Subject}").Distinct().Except([$"W1 {shop.Numbers["held"]}"]).ToList();
        Assert.Equal(violation.Found.Select(shop.Named).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [SqliteTheory]
    [InlineData("DROP TRIGGER \"CreditEntries_not_changed\"")]
    [InlineData("DROP TRIGGER \"CreditEntries_not_changed\"; CREATE TRIGGER \"CreditEntries_not_changed\" BEFORE UPDATE ON \"CreditEntries\" BEGIN SELECT 1; END")]
    public async Task A_trigger_that_is_gone_or_changed_is_found(string sql)
    {
        var books = shop.CopyTo(_folder.Path);

        await Tampering.ExecuteAsync(books, sql);

        Assert.Equal([("12.5", "CreditEntries_not_changed")], (await CheckAsync(books)).Broken.Select(finding => (finding.Rule.Number, finding.Subject)));
    }

    [Theory]
    [InlineData("UPDATE \"CreditEntries\" SET \"Amount\" = 1")]
    [InlineData("DELETE FROM \"OrderEvents\"")]
    [InlineData("UPDATE \"WalletEntries\" SET \"Amount\" = 1")]
    [InlineData("DELETE FROM \"WalletEntries\"")]
    [InlineData("UPDATE \"PaymentNotifications\" SET \"Verdict\" = 0")]
    [InlineData("DELETE FROM \"PaymentNotifications\"")]
    public async Task History_can_not_be_rewritten(string sql)
    {
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => Tampering.ExecuteAsync(shop.CopyTo(_folder.Path), sql));

        Assert.Contains("are never", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_notifications_may_go_and_nobody_takes_that_for_a_loss()
    {
        var books = shop.CopyTo(_folder.Path);
        await Tampering.ExecuteAsync(books, """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO "PaymentNotifications" ("Channel", "Body", "Verdict", "RemoteAddress", "ReceivedAt") SELECT 0, '', 0, '', 0 FROM n;
            DELETE FROM "PaymentNotifications" WHERE "Verdict" = 0 AND "Id" <= (SELECT "Id" FROM "PaymentNotifications" WHERE "Verdict" = 0 ORDER BY "Id" DESC LIMIT 1 OFFSET 1000)
            """);

        Assert.Empty((await CheckAsync(books)).Broken.Select(MoneyInvariants.Say));
    }

    [SqliteFact] // PostgreSQL looks at some rows more
    public async Task What_changed_since_is_looked_at_and_the_rest_is_left_for_the_whole_look()
    {
        var books = shop.CopyTo(_folder.Path);
        var marks = (await CheckAsync(books)).Marks;
        await Tampering.TamperAsync(books, shop.Named("""
            UPDATE "Orders" SET "PaidAt" = NULL WHERE "Number" IN ('<paid>', '<credits>');
            INSERT INTO "OrderEvents" ("OrderId", "Kind", "At") SELECT "Id", 1, 0 FROM "Orders" WHERE "Number" = '<paid>'
            """));

        var changed = await CheckAsync(books, new CheckPlan(MoneyRules.All, marks, shop.Host.Clock.Now.AddMinutes(1)));

        Assert.Equal([("12.4", shop.Numbers["paid"])], changed.Broken.Select(finding => (finding.Rule.Number, finding.Subject)));
        Assert.Equal(2, (await CheckAsync(books)).Broken.Count);
    }

    private Task<CheckReport> CheckAsync(string books) => CheckAsync(books, CheckPlan.Everything);

    private async Task<CheckReport> CheckAsync(string books, CheckPlan plan)
    {
        await using var db = shop.Open(books);
        return await new CheckMoney(db, shop.Host.Clock).RunAsync(plan, CancellationToken.None);
    }
}

using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Data;

/// <summary>SQLite has no statistics here, so that of two indexes it may take the worse: what is asked at every checkout says itself which one serves it.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [SqliteFact]
    public async Task A_shopper_s_unpaid_orders_are_not_looked_for_among_everybody_s()
    {
        long[] courses = [1, 2];

        var plan = await PlanAsync(db => db.Orders.OwnedBy(7).AwaitingPayment().Where(order => order.Lines.Any(line => courses.Contains(line.CourseId))).OrderBy(order => order.Id));

        Assert.Contains(plan, step => step.Contains("IX_Orders_Unpaid (UserId=?)", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN o", StringComparison.Ordinal));
    }

    [SqliteFact]
    public async Task What_is_overdue_is_found_by_its_deadline()
    {
        var now = DateTimeOffset.UtcNow;

        var plan = await PlanAsync(db => db.Orders.Overdue(now).OrderBy(order => order.PayBy).Take(10));

        Assert.Contains(plan, step => step.Contains("IX_Orders_AwaitingPayment (Status=? AND PayBy<?)", StringComparison.Ordinal));
    }

    private Task<List<string>> PlanAsync<T>(Func<ShopDb, IQueryable<T>> question) => _shop.ReadAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        await using var command = question(db).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
            steps.Add(reader.GetString(3));
        return steps;
    });
}

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Data;

public sealed class SeedOrdersTests : IDisposable
{
    private static readonly SeedSize Size = new(4_000, 300, 500);

    private readonly ShopHost _host = new();

    public void Dispose() => _host.Dispose();

    [SqliteFact]
    public async Task A_seeded_shop_is_right_to_every_invariant()
    {
        await SeedAsync(_host);

        var report = await _host.InScopeAsync<CheckMoney, CheckReport>(check => check.RunAsync(CheckPlan.Everything, CancellationToken.None));
        Assert.Empty(report.Broken.Select(finding => $"{finding.Rule.Number} {finding.Subject}"));
        Assert.Equal(Size.Orders, report.Orders);
        var states = await _host.ReadAsync(db => db.Orders.GroupBy(order => order.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count));
        Assert.InRange(states[OrderStatus.AwaitingPayment], 600, 800);
        Assert.InRange(states[OrderStatus.Paid], 2_000, 3_200);
        Assert.True(states[OrderStatus.Cancelled] > 100 && states[OrderStatus.TimedOut] > 100);
        var shopper = await _host.UserIdAsync("shopper");
        Assert.Equal(400, await _host.ReadAsync(db => db.Orders.CountAsync(order => order.UserId == shopper)));
        Assert.True(await _host.ReadAsync(db => db.CreditEntries.AnyAsync(entry => entry.Amount < 0)));
    }

    [SqliteFact]
    public async Task Two_shops_of_one_size_are_the_same()
    {
        using var other = new ShopHost();
        await SeedAsync(_host);
        await SeedAsync(other);

        Assert.Equal(await FactsAsync(_host), await FactsAsync(other));
    }

    [SqliteFact]
    public async Task A_shop_that_has_sold_is_left_alone()
    {
        await SeedAsync(_host);

        await Assert.ThrowsAsync<WrongSettingException>(() => SeedAsync(_host));
        Assert.Equal(Size.Orders, await _host.ReadAsync(db => db.Orders.CountAsync()));
    }

    [SqliteFact]
    public async Task The_sweep_ends_what_is_overdue_and_gives_credits_back()
    {
        await SeedAsync(_host);

        var ended = await _host.InScopeAsync<CloseUnpaidOrders, int>(close => close.RunAsync(CancellationToken.None));

        Assert.InRange(ended, 300, 500);
        var report = await _host.InScopeAsync<CheckMoney, CheckReport>(check => check.RunAsync(CheckPlan.Everything, CancellationToken.None));
        Assert.Empty(report.Broken.Select(finding => $"{finding.Rule.Number} {finding.Subject}"));
    }

    private static Task<bool> SeedAsync(ShopHost host) => host.InScopeAsync<SeedOrders, bool>(async seed =>
    {
        await seed.RunAsync(Size, _ => { }, CancellationToken.None);
        return true;
    });

    private static Task<string> FactsAsync(ShopHost host) => host.ReadAsync(async db => string.Join('\n', await db.OrderLines.OrderBy(line => line.Id)
        .Select(line => db.Orders.Where(order => order.Id == line.OrderId).Select(order => order.Number + order.UserId + order.CreatedAt + order.Total + (int)order.Status).First() + line.CourseId + line.Amount).ToListAsync()));
}

using System.Globalization;
using CourseShop.Data;
using CourseShop.Operations;
using CourseShop.Operations.Invariants;

namespace CourseShop.Tests.Support;

/// <summary>What holds in every state of the shop, whatever happened at once: the same check that the shop runs over its own books.</summary>
public static class MoneyInvariants
{
    public static async Task AssertHoldAsync(this ShopHost host) => Assert.Empty((await host.CheckAsync()).Broken.Select(Say));

    public static Task<CheckReport> CheckAsync(this ShopHost host) => host.InScopeAsync<CheckMoney, CheckReport>(check => check.RunAsync(CheckPlan.Everything, CancellationToken.None));

    /// <summary>The same of a database that no host is around.</summary>
    public static async Task<IReadOnlyList<string>> BrokenAsync(ShopDb db, TimeProvider clock) =>
        [.. (await new CheckMoney(db, clock).RunAsync(CheckPlan.Everything, CancellationToken.None)).Broken.Select(Say)];

    public static string Say(this Finding finding) => $"{finding.Rule.Number} {finding.Subject}: {string.Format(CultureInfo.InvariantCulture, finding.Rule.Broken, [.. finding.Facts])}";
}

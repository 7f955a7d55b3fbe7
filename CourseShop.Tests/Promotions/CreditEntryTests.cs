using CourseShop.Promotions;

namespace CourseShop.Tests.Promotions;

public sealed class CreditEntryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_an_order_holds_goes_out_and_what_it_releases_comes_back()
    {
        CreditEntry[] ledger = [CreditEntry.Hold(7, 300, "2026", Now), CreditEntry.Release(7, 300, "2026", Now), CreditEntry.HoldAgain(7, 300, "2026", Now)];

        Assert.Equal([-300, 300, -300], ledger.Select(entry => entry.Amount));
        Assert.Equal([CreditKind.Spent, CreditKind.Returned, CreditKind.Spent], ledger.Select(entry => entry.Kind));
        Assert.All(ledger, entry => Assert.Equal((7, "2026", Now), (entry.UserId, entry.OrderNumber, entry.At)));
    }

    [Fact]
    public void The_same_reason_has_the_same_key_so_that_it_is_never_booked_twice()
    {
        Assert.Equal(CreditEntry.Release(7, 300, "2026", Now).ReasonKey, CreditEntry.Release(7, 300, "2026", Now.AddDays(1)).ReasonKey);
        Assert.Equal("order:2026:release", CreditEntry.Release(7, 300, "2026", Now).ReasonKey); // the sweep's statement writes the same
    }

    [Fact]
    public void Other_reasons_and_other_orders_have_other_keys()
    {
        string[] keys = [.. new[] { "1", "11" }.SelectMany(order => new[] { CreditEntry.Hold(7, 1, order, Now), CreditEntry.Release(7, 1, order, Now), CreditEntry.HoldAgain(7, 1, order, Now) }).Select(entry => entry.ReasonKey)];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}

using CourseShop.Common;
using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Promotions;

public sealed class RedeemCodeTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("TRY-2026-A")]
    [InlineData("  try-2026-a\t")]
    [InlineData("ＴＲＹ－２０２６－Ａ")]
    [InlineData("TRY-2026 -A\u200b")]
    public async Task However_it_is_typed_a_code_is_the_same_code(string typed)
    {
        await OfferAsync();

        Assert.Null((await RedeemAsync(typed)).Refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("TRY-2026-B")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\0")]
    [InlineData("\uffff\ufffe")]
    public async Task What_is_no_code_is_refused_in_words(string? typed)
    {
        await OfferAsync();

        Assert.NotNull((await RedeemAsync(typed)).Refusal);
        Assert.NotNull((await RedeemAsync(new string('码', 5000))).Refusal);
    }

    [Fact]
    public async Task A_code_works_once_for_one_person_even_all_at_once()
    {
        await OfferAsync();

        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RedeemAsync("TRY-2026-A")));

        Assert.Equal(1, tries.Count(one => one.Refusal is null));
    }

    [Fact]
    public async Task A_code_ends_with_its_coupon()
    {
        await OfferAsync();
        _shop.Clock.Advance(TimeSpan.FromDays(11));

        Assert.NotNull((await RedeemAsync("TRY-2026-A")).Refusal);
    }

    private async Task<Outcome<IssuedCoupon>> RedeemAsync(string? typed)
    {
        var person = await _shop.UserIdAsync("second");
        return await _shop.InScopeAsync<RedeemCode, Outcome<IssuedCoupon>>(redeem => redeem.RunAsync(person, typed, CancellationToken.None));
    }

    private Task OfferAsync() => _shop.WriteAsync(db =>
    {
        db.Add(new Coupon("凭码领取", CouponKind.Amount, CouponScope.All, CouponBase.Subtotal)
            .Worth(Money.Yuan(1), 10_000, null, Money.Zero, []).Issuing(null, _shop.Clock.Now.AddDays(10), 100, 1, false, "try-2026-a"));
        return Task.CompletedTask;
    });
}

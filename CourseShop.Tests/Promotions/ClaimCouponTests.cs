using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Promotions;

public sealed class ClaimCouponTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Of_twenty_who_claim_at_once_as_many_get_one_as_there_are()
    {
        var coupon = await OfferAsync(totalLimit: 5, perUserLimit: 1);
        var people = await InviteAsync(20);

        var claims = await Task.WhenAll(people.Select(person => ClaimAsync(person, coupon)));

        Assert.Equal(5, claims.Count(claim => claim.Refusal is null));
        Assert.Equal(5, await _shop.ReadAsync(db => db.IssuedCoupons.CountAsync(issued => issued.CouponId == coupon)));
        Assert.Equal(5, await _shop.ReadAsync(db => db.Coupons.Where(one => one.Id == coupon).Select(one => one.IssuedCount).SingleAsync()));
    }

    [Fact]
    public async Task One_who_claims_twenty_times_at_once_gets_as_many_as_one_may_have()
    {
        var coupon = await OfferAsync(totalLimit: null, perUserLimit: 2);
        var person = await _shop.UserIdAsync("second");

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync(person, coupon)));

        Assert.Equal(2, claims.Count(claim => claim.Refusal is null));
    }

    [Fact]
    public async Task What_is_not_in_the_coupon_centre_can_not_be_claimed()
    {
        var byCodeOnly = await OfferAsync(totalLimit: null, perUserLimit: 1, isClaimable: false);
        var person = await _shop.UserIdAsync("second");

        Assert.NotNull((await ClaimAsync(person, byCodeOnly)).Refusal);
        Assert.NotNull((await ClaimAsync(person, 999_999)).Refusal);
    }

    private Task<Outcome<IssuedCoupon>> ClaimAsync(long userId, long couponId) =>
        _shop.InScopeAsync<ClaimCoupon, Outcome<IssuedCoupon>>(claim => claim.RunAsync(userId, couponId, CancellationToken.None));

    private async Task<long> OfferAsync(int? totalLimit, int perUserLimit, bool isClaimable = true)
    {
        var coupon = new Coupon("试一试", CouponKind.Amount, CouponScope.All, CouponBase.Subtotal)
            .Worth(Money.Yuan(1), 10_000, null, Money.Zero, []).Issuing(30, null, totalLimit, perUserLimit, isClaimable, null);
        await _shop.WriteAsync(db =>
        {
            db.Add(coupon);
            return Task.CompletedTask;
        });
        return coupon.Id;
    }

    private async Task<List<long>> InviteAsync(int count)
    {
        var people = Enumerable.Range(0, count).Select(turn => ShopUser.New(UserName.Read($"guest-{turn}").Value!, null, null, _shop.Clock.Now)).ToList();
        await _shop.WriteAsync(db =>
        {
            db.AddRange(people);
            return Task.CompletedTask;
        });
        return people.ConvertAll(person => person.Id);
    }
}

using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Promotions;

/// <summary>兑换: takes the coupon that belongs to a code. Case, blanks and full-width letters don't matter.</summary>
public sealed class RedeemCode(ShopWriter writer, TimeProvider clock)
{
    private const int Longest = 100;

    public async Task<Outcome<IssuedCoupon>> RunAsync(long userId, string? typed, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return new Refusal("请填写兑换码");
        var code = typed.Length > Longest ? "" : Coupon.NormaliseCode(typed);
        return code.Length == 0 ? Unknown : await writer.RunAsync((unit, token) => RedeemAsync(unit, userId, code, token), stop);
    }

    private static Refusal Unknown => new("兑换码不对，请检查");

    private async Task<Outcome<IssuedCoupon>> RedeemAsync(ShopDb unit, long userId, string code, CancellationToken stop) =>
        await unit.IssueAsync(unit.Coupons.Where(coupon => coupon.Code == code && !coupon.IsHidden), userId, clock.GetUtcNow(), stop) ?? Unknown;
}

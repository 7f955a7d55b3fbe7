using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Coupons;

/// <param name="Mine">How many of it one has had.</param>
/// <param name="LatestUntil">The end of one's latest.</param>
public sealed record OfferedCoupon(Coupon Coupon, int Mine, DateTimeOffset? LatestUntil)
{
    public bool IsMine => Mine >= Coupon.PerUserLimit;

    /// <summary>How many are left; null where there is no limit.</summary>
    public int? Left => Coupon.TotalLimit is { } limit ? Math.Max(0, limit - Coupon.IssuedCount) : null;
}

/// <summary>领券中心.</summary>
public sealed class IndexModel(ShopDb db, ClaimCoupon claimCoupon, CurrentShopper shopper, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int MostShown = 100;

    public bool IsSignedIn => shopper.IsSignedIn;
    public IReadOnlyList<OfferedCoupon> Offers { get; private set; } = [];

    /// <summary>Which coupon was refused, and why: said on that coupon.</summary>
    public long? RefusedId { get; private set; }
    public string? Why { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var coupons = await db.Coupons.AsNoTracking().Offered(clock.GetUtcNow()).OrderByDescending(coupon => coupon.Id).Take(MostShown).ToListAsync(stop);
        var mine = shopper.UserId is not { } me ? [] : await db.IssuedCoupons.OwnedBy(me).GroupBy(issued => issued.CouponId)
            .Select(group => new { group.Key, Count = group.Count(), Until = group.Max(issued => issued.ExpiresAt) })
            .ToDictionaryAsync(group => group.Key, group => (group.Count, Until: (DateTimeOffset?)group.Until), stop);
        Offers = coupons.Select(coupon => (Coupon: coupon, Mine: mine.GetValueOrDefault(coupon.Id)))
            .Select(pair => new OfferedCoupon(pair.Coupon, pair.Mine.Count, pair.Mine.Until))
            .OrderBy(offer => offer.IsMine).ThenBy(offer => offer.Left == 0).ToList();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken stop)
    {
        if (shopper.UserId is not { } me)
            return Challenge();
        var claimed = await claimCoupon.RunAsync(me, id, stop);
        if (claimed.Refusal is not { } why)
        {
            TempData["Flash"] = words["领取成功，结算时可以使用"].Value;
            return LocalRedirect("/coupons");
        }

        (RefusedId, Why) = (id, words.Say(why));
        await OnGetAsync(stop);
        return Page();
    }
}

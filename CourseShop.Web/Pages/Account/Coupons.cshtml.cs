using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Account;

public sealed record CouponTab(string State, string Word, int Count);

/// <summary>我的优惠券, and the field for a code.</summary>
public sealed class CouponsModel(ShopDb db, RedeemCode redeemCode, CurrentShopper shopper, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int MostShown = 200;

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public DateTimeOffset Now { get; private set; }
    public IReadOnlyList<CouponTab> Tabs { get; private set; } = [];
    public IReadOnlyList<IssuedCoupon> Coupons { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        Now = clock.GetUtcNow();
        var mine = db.IssuedCoupons.AsNoTracking().OwnedBy(shopper.Id);
        var states = new Dictionary<string, (string Word, IQueryable<IssuedCoupon> Coupons)>(StringComparer.Ordinal)
        {
            [""] = ("可用", mine.InHand(Now)),
            ["used"] = ("已使用", mine.Used()),
            ["expired"] = ("已过期", mine.Expired(Now)),
        };
        State = State is not null && states.ContainsKey(State) ? State : "";

        var tabs = new List<CouponTab>();
        foreach (var (state, (word, coupons)) in states)
            tabs.Add(new(state, word, await coupons.CountAsync(stop)));
        Tabs = tabs;
        var shown = states[State].Coupons.Include(issued => issued.Coupon);
        Coupons = await (State.Length == 0 ? shown.OrderBy(issued => issued.ExpiresAt) : shown.OrderByDescending(issued => issued.Id)).Take(MostShown).ToListAsync(stop);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var redeemed = await redeemCode.RunAsync(shopper.Id, Code, stop);
        if (redeemed.Refusal is { } why)
        {
            ModelState.AddModelError(nameof(Code), words.Say(why));
            await OnGetAsync(stop);
            return Page();
        }

        TempData["Flash"] = words["兑换成功，优惠券已经放在下面"].Value;
        return LocalRedirect("/account/coupons");
    }
}

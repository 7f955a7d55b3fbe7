using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>A course of a selection that can't be bought, and why.</summary>
public sealed record LeftOut(string Title, Refusal Reason);

/// <summary>Everything a quote needs, as the database has it now; read the same way for showing and for placing.</summary>
public sealed record Basket(
    IReadOnlyList<QuoteItem> Items, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<Campaign> Campaigns, IReadOnlyList<IssuedCoupon> Coupons, int CreditsOwned)
{
    public Quote Quote(CheckoutChoices choices, PricingRules rules, DateTimeOffset now) => Pricing.Quote.For(
        Items, [.. Campaigns], new QuoteChoices(Coupons.FirstOrDefault(coupon => coupon.Id == choices.CouponId), choices.Credits, CreditsOwned), rules, now);

    /// <param name="choices">What was chosen, where only that matters; null reads every coupon and all credits, to choose from.</param>
    internal static async Task<Basket> ReadAsync(ShopDb db, long userId, CheckoutSelection selection, CheckoutChoices? choices, DateTimeOffset now, CancellationToken stop)
    {
        var wanted = await WantedAsync(db, userId, selection, stop);
        var ids = wanted.ConvertAll(row => row.CourseId);
        var courses = await db.Courses.Where(course => ids.Contains(course.Id)).Include(course => course.Terms).AsNoTracking().ToDictionaryAsync(course => course.Id, stop);
        var grants = await db.Enrollments.OwnedBy(userId).Live(now).Where(grant => ids.Contains(grant.CourseId)).AsNoTracking().ToListAsync(stop);

        var items = new List<QuoteItem>();
        var leftOut = new List<LeftOut>();
        foreach (var (courseId, termId) in wanted)
        {
            if (!courses.TryGetValue(courseId, out var course))
                continue;
            var term = termId is { } chosen ? course.Terms.FirstOrDefault(term => term.Id == chosen) : course.ShownTerm;
            if (course.ObstacleToBuying(term, AccessPeriod.Of(grants.Where(grant => grant.CourseId == courseId), now), now) is { } reason)
                leftOut.Add(new LeftOut(course.Title, reason));
            else
                items.Add(course.ToQuoteItem(term!));
        }

        return new Basket(items, leftOut,
            await db.Campaigns.Running(now).Include(campaign => campaign.Courses.Where(promoted => ids.Contains(promoted.CourseId))).AsNoTracking().ToListAsync(stop),
            await CouponsAsync(db, userId, choices, now, stop),
            choices is { Credits: 0 } ? 0 : (int)await db.CreditEntries.OwnedBy(userId).SumAsync(entry => (long)entry.Amount, stop));
    }

    private static async Task<List<IssuedCoupon>> CouponsAsync(ShopDb db, long userId, CheckoutChoices? choices, DateTimeOffset now, CancellationToken stop)
    {
        var usable = db.IssuedCoupons.UsableBy(userId, now);
        if (choices is not null)
        {
            if (choices.CouponId is not { } couponId)
                return [];
            usable = usable.Where(issued => issued.Id == couponId);
        }

        return await usable.Include(issued => issued.Coupon).OrderBy(issued => issued.ExpiresAt).ToListAsync(stop);
    }

    private static async Task<List<(long CourseId, long? TermId)>> WantedAsync(ShopDb db, long userId, CheckoutSelection selection, CancellationToken stop)
    {
        if (selection.CourseId is { } courseId)
            return [(courseId, selection.TermId)];
        var rows = await db.Carts.OwnedBy(new CartOwner(userId, null)).SelectMany(cart => cart.Items).Where(item => item.IsSelected)
            .OrderByDescending(item => item.Id).Select(item => new { item.CourseId, item.TermId }).ToListAsync(stop);
        return rows.ConvertAll(row => (row.CourseId, (long?)row.TermId));
    }
}

using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

/// <summary>A term that a row may take, with its price today.</summary>
public sealed record CartTerm(long Id, int? Days, Money Price);

/// <summary>One row as the cart page shows it.</summary>
/// <param name="Line">Priced with the campaign of today.</param>
/// <param name="Terms">What may be chosen.</param>
/// <param name="IsSelected">Ticked, and can be bought.</param>
/// <param name="PriceWas">What it cost when it was put in, where that has changed.</param>
/// <param name="Obstacle">Why it can't be bought; null when it can.</param>
/// <param name="IsRenewal">续费 of a term that still runs.</param>
public sealed record CartRow(QuoteLine Line, IReadOnlyList<CartTerm> Terms, bool IsSelected, Money? PriceWas, Refusal? Obstacle, bool IsRenewal);

/// <summary>A cart with the sums of what is selected; rows that can't be bought stand last.</summary>
public sealed record CartView(IReadOnlyList<CartRow> Rows, Quote Selection);

/// <summary>Reads a cart and prices it.</summary>
public sealed class ReadCart(ShopDb db, PricingRules rules, TimeProvider clock)
{
    public async Task<CartView> RunAsync(CartOwner owner, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var items = await db.Carts.OwnedBy(owner).SelectMany(cart => cart.Items).AsNoTracking().OrderByDescending(item => item.Id).ToListAsync(stop);
        var ids = items.ConvertAll(item => item.CourseId);
        var courses = await db.Courses.Where(course => ids.Contains(course.Id)).Include(course => course.Terms).AsNoTracking().ToDictionaryAsync(course => course.Id, stop);
        var campaigns = await db.Campaigns.Running(now).Include(campaign => campaign.Courses.Where(promoted => ids.Contains(promoted.CourseId))).AsNoTracking().ToListAsync(stop);
        var grants = owner.UserId is { } user
            ? await db.Enrollments.OwnedBy(user).Live(now).Where(grant => ids.Contains(grant.CourseId)).AsNoTracking().ToListAsync(stop)
            : [];

        var rows = items.Select(item => Show(item, courses[item.CourseId], campaigns, AccessPeriod.Of(grants.Where(grant => grant.CourseId == item.CourseId), now), now))
            .OrderBy(row => row.Obstacle is null ? 0 : 1).ToList();
        var selected = rows.Where(row => row.IsSelected).Select(row => row.Line.Item).ToList();
        return new CartView(rows, Quote.For(selected, campaigns, QuoteChoices.None, rules, now));
    }

    private CartRow Show(CartItem item, Course course, List<Campaign> campaigns, AccessPeriod held, DateTimeOffset now)
    {
        var term = course.Terms.FirstOrDefault(term => term.Id == item.TermId && !term.IsHidden);
        var line = Quote.For([course.ToQuoteItem(term ?? course.ShownTerm ?? new AccessTerm(null, item.PriceSeen))], campaigns, QuoteChoices.None, rules, now).Lines[0];
        var terms = course.Terms.Where(offered => !offered.IsHidden).OrderBy(offered => offered.Days ?? int.MaxValue)
            .Select(offered => new CartTerm(offered.Id, offered.Days, CampaignPrice.Best(offered.Price, course.Id, campaigns, now).Price)).ToList();
        var obstacle = course.ObstacleToBuying(term, held, now);
        return new CartRow(line, terms, item.IsSelected && obstacle is null, line.Price != item.PriceSeen ? item.PriceSeen : null, obstacle, held.Until is not null);
    }
}

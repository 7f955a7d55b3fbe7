using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

public static class CartScopes
{
    public static IQueryable<Cart> OwnedBy(this IQueryable<Cart> carts, CartOwner owner) =>
        owner.UserId is { } user ? carts.Where(cart => cart.UserId == user)
        : owner.GuestKey is { } key ? carts.Where(cart => cart.GuestKey == key)
        : carts.Where(cart => false);

    /// <summary>Within a unit, before the cart is read.</summary>
    internal static Task TakeTurnAsync(this ShopDb db, CartOwner owner, CancellationToken stop) =>
        db.TakeTurnAsync(owner.UserId is { } user ? Turn.OfShopper(user) : Turn.OfGuest(owner.GuestKey ?? ""), stop);

    /// <summary>The owner's cart with its rows, made when there is none yet.</summary>
    internal static async Task<Cart> CartForWritingAsync(this ShopDb db, CartOwner owner, CancellationToken stop)
    {
        if (await db.Carts.OwnedBy(owner).Include(cart => cart.Items).SingleOrDefaultAsync(stop) is { } cart)
            return cart;
        cart = owner.UserId is { } user ? Cart.OfUser(user) : Cart.OfGuest(owner.GuestKey ?? throw new InvalidOperationException("A cart has an owner."));
        db.Carts.Add(cart);
        return cart;
    }

    /// <summary>Today's price of every term of these courses.</summary>
    internal static async Task<Dictionary<(long CourseId, long TermId), Money>> TermPricesAsync(this ShopDb db, IEnumerable<long> courseIds, DateTimeOffset now, CancellationToken stop)
    {
        var ids = courseIds.ToList();
        var campaigns = await db.Campaigns.Running(now).Include(campaign => campaign.Courses.Where(promoted => ids.Contains(promoted.CourseId))).AsNoTracking().ToListAsync(stop);
        var terms = await db.AccessTerms.Where(term => ids.Contains(term.CourseId) && !term.IsHidden).AsNoTracking().ToListAsync(stop);
        return terms.ToDictionary(term => (term.CourseId, term.Id), term => CampaignPrice.Best(term.Price, term.CourseId, campaigns, now).Price);
    }
}

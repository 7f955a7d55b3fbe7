using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

/// <summary>At sign-in a guest's cart moves into the shopper's: nothing is lost, nothing is there twice, and what is owned already stays out.</summary>
public sealed class AdoptGuestCart(ShopWriter writer, TimeProvider clock)
{
    public Task RunAsync(string guestKey, long userId, CancellationToken stop) =>
        writer.RunAsync((db, token) => AdoptAsync(db, guestKey, userId, token), stop);

    private async Task<Done> AdoptAsync(ShopDb db, string guestKey, long userId, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfGuest(guestKey), stop);
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var guest = await db.Carts.OwnedBy(new CartOwner(null, guestKey)).Include(cart => cart.Items).SingleOrDefaultAsync(stop);
        if (guest is null)
            return new Done();

        var now = clock.GetUtcNow();
        var grants = await db.Enrollments.OwnedBy(userId).Live(now).ToListAsync(stop);
        guest.Remove(grants.GroupBy(grant => grant.CourseId).Where(owned => !AccessPeriod.Of(owned, now).CanTake).Select(owned => owned.Key).ToList(), now);
        (await db.CartForWritingAsync(new CartOwner(userId, null), stop)).Adopt(guest, now);
        db.Carts.Remove(guest);
        await db.SaveChangesAsync(stop);
        return new Done();
    }
}

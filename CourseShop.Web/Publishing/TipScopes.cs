using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Named queries over tips.</summary>
public static class TipScopes
{
    public static IQueryable<Tip> LeftBy(this IQueryable<Tip> tips, long userId) => tips.Where(tip => tip.UserId == userId);

    public static IQueryable<Tip> For(this IQueryable<Tip> tips, long authorId) => tips.Where(tip => tip.AuthorId == authorId);

    /// <summary>Those that their author has: paid, and not given back.</summary>
    public static IQueryable<Tip> Given(this IQueryable<Tip> tips) => tips.Where(tip => tip.PaidAt != null && tip.TakenBackAt == null);

    /// <summary>A tip of this reader with its attempts; null when there is none.</summary>
    public static async Task<AwaitedPayment?> AwaitedTipAsync(this ShopDb db, long userId, string number, CancellationToken stop) =>
        await db.Tips.AsNoTracking().LeftBy(userId).SingleOrDefaultAsync(tip => tip.Number == number, stop) is { } tip
            ? new(number, tip.Amount, tip.PayBy, tip.PaidAt, await db.Payments.AsNoTracking().Of(PaymentPurpose.Tip, number).ToListAsync(stop))
            : null;
}

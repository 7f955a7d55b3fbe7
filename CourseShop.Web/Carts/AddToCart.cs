using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

/// <summary>Puts a course into a cart, or changes the term of one that is there.</summary>
public sealed class AddToCart(ShopWriter writer, TimeProvider clock)
{
    public Task<Outcome<Done>> RunAsync(CartOwner owner, long courseId, long? termId, CancellationToken stop) =>
        writer.RunAsync((db, token) => PutAsync(db, owner, courseId, termId, token), stop);

    private async Task<Outcome<Done>> PutAsync(ShopDb db, CartOwner owner, long courseId, long? termId, CancellationToken stop)
    {
        await db.TakeTurnAsync(owner, stop);
        var now = clock.GetUtcNow();
        var course = await db.Courses.Include(course => course.Terms).SingleOrDefaultAsync(course => course.Id == courseId, stop);
        if (course is null)
            return new Refusal("这门课程已经下架，不能购买了");

        var term = termId is { } chosen ? course.Terms.FirstOrDefault(term => term.Id == chosen) : course.ShownTerm;
        var held = owner.UserId is { } user
            ? AccessPeriod.Of(await db.Enrollments.OwnedBy(user).Where(grant => grant.CourseId == courseId).ToListAsync(stop), now)
            : AccessPeriod.None;
        if (course.ObstacleToBuying(term, held, now) is { } obstacle)
            return obstacle;

        var campaigns = await db.Campaigns.Running(now).Include(campaign => campaign.Courses.Where(promoted => promoted.CourseId == courseId)).AsNoTracking().ToListAsync(stop);
        var put = (await db.CartForWritingAsync(owner, stop)).Put(courseId, term!.Id, CampaignPrice.Best(term.Price, courseId, campaigns, now).Price, now);
        if (put.Refusal is null)
            await db.SaveChangesAsync(stop);
        return put;
    }
}

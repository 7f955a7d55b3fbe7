using CourseShop.Catalog;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages;

/// <summary>How the pages of the shop window read courses with today's prices: one statement for the campaigns, one for a shelf.</summary>
public static class Shelves
{
    /// <summary>What runs now or starts while the page may still be kept.</summary>
    public static async Task<IReadOnlyList<Campaign>> ReadCampaignsAsync(this ShopDb db, DateTimeOffset now, CancellationToken stop) =>
        await db.Campaigns.RunningBy(now, now + GuestPages.Longest).Include(campaign => campaign.Courses).AsNoTracking().ToListAsync(stop);

    /// <summary>The cards of the courses, in the order of the query.</summary>
    public static async Task<IReadOnlyList<CourseCard>> ReadShelfAsync(
        this ShopDb db, IQueryable<Course> courses, IReadOnlyList<Campaign> campaigns, DateTimeOffset now, CancellationToken stop)
    {
        var cards = await courses.Select(course => new CourseCard(
            course.Id, course.Title, course.CoverPath, course.Level, course.LessonCount, course.Learners,
            db.Teachers.Where(teacher => teacher.Id == course.TeacherId).Select(teacher => teacher.Name).First(),
            course.Terms.Where(term => !term.IsHidden).OrderByDescending(term => term.Days ?? int.MaxValue).Select(term => (long?)term.Id).FirstOrDefault(),
            course.ListPrice)).ToListAsync(stop);
        return cards.ConvertAll(card => card with { Price = CampaignPrice.Best(card.ListPrice, card.Id, campaigns, now) });
    }
}

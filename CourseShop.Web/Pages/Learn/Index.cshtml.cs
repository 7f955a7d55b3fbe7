using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Data;
using CourseShop.Learning;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Learn;

/// <param name="Period">What all grants of this course together allow.</param>
/// <param name="Since">The latest grant, to put new courses first.</param>
/// <param name="IsOnSale">Whether it can be bought again.</param>
public sealed record MyCourse(long Id, string Title, string CoverPath, string Teacher, int LessonCount, AccessPeriod Period, DateTimeOffset Since, DateTimeOffset? EndedAt, bool IsOnSale);

/// <summary>学习中心: the courses one holds, and below them those that have ended.</summary>
public sealed class IndexModel(ShopDb db, CurrentShopper shopper, TimeProvider clock) : PageModel
{
    public IReadOnlyList<MyCourse> Courses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var grants = await db.Enrollments.AsNoTracking().OwnedBy(shopper.Id).Where(grant => grant.RevokedAt == null).ToListAsync(stop);
        var ids = grants.Select(grant => grant.CourseId).Distinct().ToList();
        var onSale = await db.Courses.OnSale(now).Where(course => ids.Contains(course.Id)).Select(course => course.Id).ToHashSetAsync(stop);
        var courses = await db.Courses.Where(course => ids.Contains(course.Id))
            .Select(course => new { course.Id, course.Title, course.CoverPath, course.LessonCount, Teacher = db.Teachers.Where(teacher => teacher.Id == course.TeacherId).Select(teacher => teacher.Name).First() })
            .ToDictionaryAsync(course => course.Id, stop);

        Courses = grants.GroupBy(grant => grant.CourseId)
            .Select(held => (Course: courses[held.Key], Held: held.ToList()))
            .Select(pair => new MyCourse(pair.Course.Id, pair.Course.Title, pair.Course.CoverPath, pair.Course.Teacher, pair.Course.LessonCount,
                AccessPeriod.Of(pair.Held, now), pair.Held.Max(grant => grant.StartsAt), pair.Held.Max(grant => grant.EndsAt), onSale.Contains(pair.Course.Id)))
            .OrderByDescending(course => course.Period.IsOpen).ThenByDescending(course => course.Since).ToList();
    }
}

using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Learning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Learn;

/// <summary>Leads to where one begins: the first lesson, or the first free one, or the course's own page.</summary>
public sealed class CourseModel(ShopDb db, CurrentShopper shopper, ReadOutline readOutline, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long courseId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var isEnrolled = shopper.UserId is { } user && await db.Enrollments.OwnedBy(user).Open(now).AnyAsync(grant => grant.CourseId == courseId, stop);
        if (!isEnrolled && !await db.Courses.AnyAsync(course => course.Id == courseId && !course.IsHidden && course.PublishedAt <= now, stop))
            return NotFound();

        var lessons = await readOutline.RunAsync(courseId, isEnrolled, stop);
        var first = lessons.FirstOrDefault(lesson => lesson.IsOpen);
        return LocalRedirect(first is null ? $"/courses/{courseId}" : $"/learn/{courseId}/{first.Id}");
    }
}

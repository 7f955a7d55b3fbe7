using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Learning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Learn;

public sealed record LessonCourse(long Id, string Title, string CoverPath, bool IsOnSale);

/// <summary>One lesson with the outline beside it. Who may not learn it is told what it is and how to get it.</summary>
public sealed class LessonModel(ShopDb db, CurrentShopper shopper, MayLearn mayLearn, ReadOutline readOutline, NoteLessonOpened noteOpened) : PageModel
{
    public LessonAccess Access { get; private set; } = null!;
    public LessonCourse Course { get; private set; } = null!;
    public IReadOnlyList<OutlineLesson> Lessons { get; private set; } = [];
    public OutlineLesson Lesson { get; private set; } = null!;
    public OutlineLesson? Previous { get; private set; }
    public OutlineLesson? Next { get; private set; }
    public string? Text { get; private set; }

    /// <summary>Held the course once: what is offered is 续费.</summary>
    public bool HadAccess { get; private set; }

    public async Task<IActionResult> OnGetAsync(long courseId, long lessonId, CancellationToken stop)
    {
        if (await mayLearn.RunAsync(lessonId, shopper.UserId, stop) is not { } access || access.CourseId != courseId)
            return NotFound();

        Access = access;
        Lessons = await readOutline.RunAsync(courseId, access.IsEnrolled, stop);
        var place = Lessons.TakeWhile(lesson => lesson.Id != lessonId).Count();
        Lesson = Lessons[place];
        Previous = Lessons.ElementAtOrDefault(place - 1);
        Next = Lessons.ElementAtOrDefault(place + 1);
        Course = await db.Courses.Where(course => course.Id == courseId)
            .Select(course => new LessonCourse(course.Id, course.Title, course.CoverPath, !course.IsHidden && course.WithdrawnAt == null)).SingleAsync(stop);
        if (access.IsOpen)
        {
            if (access.IsEnrolled)
                await noteOpened.RunAsync(shopper.Id, courseId, lessonId, stop);
            Text = await db.Lessons.Where(lesson => lesson.Id == lessonId).Select(lesson => lesson.Text).SingleAsync(stop);
            return Page();
        }

        HadAccess = shopper.UserId is { } user && await db.Enrollments.OwnedBy(user).AnyAsync(grant => grant.CourseId == courseId, stop);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Page();
    }
}

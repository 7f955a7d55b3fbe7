using CourseShop.Catalog;
using CourseShop.Components;
using CourseShop.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Teachers;

public sealed record TeacherFacts(long Id, string Name, string Title, string Bio);

public sealed class TeacherModel(ShopDb db, TimeProvider clock) : PageModel
{
    private const int MostCourses = 60;

    public TeacherFacts Teacher { get; private set; } = null!;
    public IReadOnlyList<CourseCard> Courses { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var teacher = await db.Teachers.Where(teacher => teacher.Id == id && !teacher.IsHidden)
            .Select(teacher => new TeacherFacts(teacher.Id, teacher.Name, teacher.Title, teacher.Bio)).FirstOrDefaultAsync(stop);
        if (teacher is null)
            return NotFound();

        Teacher = teacher;
        var courses = db.Courses.OnSale(now).Where(course => course.TeacherId == id).OrderBy(course => course.Position).ThenBy(course => course.Id).Take(MostCourses);
        Courses = await db.ReadShelfAsync(courses, await db.ReadCampaignsAsync(now, stop), now, stop);
        return Page();
    }
}

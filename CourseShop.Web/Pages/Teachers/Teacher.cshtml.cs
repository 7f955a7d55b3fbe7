using CourseShop.Components;
using CourseShop.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Teachers;

public sealed record TeacherFacts(long Id, string Name, string Title, string Bio);

public sealed class TeacherModel(ShopDb db, ShopWindow window) : PageModel
{
    private const int MostCourses = 60;

    public TeacherFacts Teacher { get; private set; } = null!;
    public IReadOnlyList<CourseCard> Courses { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop)
    {
        var teacher = await db.Teachers.Where(teacher => teacher.Id == id && !teacher.IsHidden)
            .Select(teacher => new TeacherFacts(teacher.Id, teacher.Name, teacher.Title, teacher.Bio)).FirstOrDefaultAsync(stop);
        if (teacher is null)
            return NotFound();

        Teacher = teacher;
        Courses = [.. (await window.LookAsync(stop)).Courses.Where(course => course.TeacherId == id).Take(MostCourses).Select(course => course.Card)];
        return Page();
    }
}

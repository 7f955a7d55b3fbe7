namespace CourseShop.Catalog;

/// <summary>Named queries over the catalogue.</summary>
public static class CourseScopes
{
    private const int MostWords = 6;

    public static IQueryable<Course> OnSale(this IQueryable<Course> courses, DateTimeOffset now) =>
        courses.Where(course => !course.IsHidden && course.WithdrawnAt == null && course.PublishedAt <= now);

    /// <summary>Every word occurs in the title or in the teacher's name; capitals don't matter, and no sign is a wildcard.</summary>
#pragma warning disable MA0011 // lower() of the database
    public static IQueryable<Course> Matching(this IQueryable<Course> courses, IQueryable<Teacher> teachers, string text) =>
        text.ToLowerInvariant().Split(default(char[]), MostWords, StringSplitOptions.RemoveEmptyEntries).Aggregate(courses, (matches, word) => matches.Where(course =>
            course.Title.ToLower().Contains(word) || teachers.Any(teacher => teacher.Id == course.TeacherId && teacher.Name.ToLower().Contains(word))));
#pragma warning restore MA0011

    public static IQueryable<Category> Shown(this IQueryable<Category> categories) =>
        categories.Where(category => !category.IsHidden).OrderBy(category => category.Position);
}

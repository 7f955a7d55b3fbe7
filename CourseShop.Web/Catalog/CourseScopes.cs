namespace CourseShop.Catalog;

/// <summary>Named queries over the catalogue.</summary>
public static class CourseScopes
{
    public static IQueryable<Course> OnSale(this IQueryable<Course> courses, DateTimeOffset now) =>
        courses.Where(course => !course.IsHidden && course.WithdrawnAt == null && course.PublishedAt <= now);

    public static IQueryable<Category> Shown(this IQueryable<Category> categories) =>
        categories.Where(category => !category.IsHidden).OrderBy(category => category.Position);
}

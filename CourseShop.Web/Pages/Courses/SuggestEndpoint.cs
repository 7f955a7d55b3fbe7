namespace CourseShop.Pages.Courses;

/// <summary>What the search box proposes while somebody types: names of courses and teachers, as JSON. Without JavaScript nobody asks.</summary>
public static class SuggestEndpoint
{
    private const int Most = 8;

    public static void MapSuggestions(this IEndpointRouteBuilder app) => app.MapGet("/courses/suggest", async (HttpContext context, ShopWindow window, CancellationToken stop) =>
    {
        var text = ListFilter.Read(context.Request.Query).Text;
        context.Response.Headers.CacheControl = "private, max-age=60";
        return Results.Json(text.Length == 0 ? [] : Names(await window.LookAsync(stop), text));
    }).AllowAnonymous();

    /// <summary>Those that begin with it, then those that have it somewhere; the most learned first.</summary>
    private static List<string> Names(WindowView view, string text)
    {
        var courses = view.Sorted(CourseOrder.Popular);
        var names = courses.Select(course => course.Card.Title).Concat(courses.Select(course => course.Card.Teacher).Distinct(StringComparer.Ordinal));
        var found = names.Select(name => (Name: name, At: name.IndexOf(text, StringComparison.OrdinalIgnoreCase))).Where(hit => hit.At >= 0).ToList();
        return [.. found.Where(hit => hit.At == 0).Concat(found.Where(hit => hit.At > 0)).Take(Most).Select(hit => hit.Name)];
    }
}

namespace CourseShop.Publishing;

/// <summary>Readers that say of themselves that they are none.</summary>
public static class Robots
{
    private static readonly string[] Marks = ["bot", "spider", "crawl", "slurp", "preview", "fetch", "curl", "wget", "python", "java/", "okhttp", "feed"];

    public static bool IsRobot(string? userAgent) => string.IsNullOrWhiteSpace(userAgent) || Marks.Any(mark => userAgent.Contains(mark, StringComparison.OrdinalIgnoreCase));
}

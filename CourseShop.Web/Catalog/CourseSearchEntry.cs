namespace CourseShop.Catalog;

/// <summary>What a course is found by, cut into tokens by <see cref="SearchText"/>; the database's word index stands over these columns.</summary>
public sealed class CourseSearchEntry(long courseId, string title, string teacher, string lessons, string description)
{
    public long CourseId { get; private set; } = courseId;
    public string Title { get; private set; } = title;
    public string Teacher { get; private set; } = teacher;
    public string Lessons { get; private set; } = lessons;
    public string Description { get; private set; } = description;

    public static CourseSearchEntry Of(long courseId, string title, string teacher, IEnumerable<string> lessons, string pitch, string description) =>
        new(courseId, SearchText.Index(title), SearchText.Index(teacher), SearchText.Index(string.Join('\n', lessons)), SearchText.Index($"{pitch}\n{description}"));
}

/// <summary>A course whose entry is missing or not true any more.</summary>
public sealed class StaleSearchEntry(long courseId)
{
    public long CourseId { get; private set; } = courseId;
}

namespace CourseShop.Catalog;

/// <summary>讲师.</summary>
public sealed class Teacher(string slug, string name, string title, string bio, int position)
{
    public long Id { get; private set; }
    public string Slug { get; private set; } = slug;
    public string Name { get; private set; } = name;
    public string Title { get; private set; } = title;

    /// <summary>Markdown.</summary>
    public string Bio { get; private set; } = bio;
    public int Position { get; private set; } = position;
    public bool IsHidden { get; private set; }
}

namespace CourseShop.Publishing;

/// <summary>文集: articles of one author that belong together.</summary>
public sealed class Notebook(long authorId, string name, DateTimeOffset createdAt)
{
    public const int LongestName = 20;

    public long Id { get; private set; }
    public long AuthorId { get; private set; } = authorId;
    public string Name { get; private set; } = name.Length is > 0 and <= LongestName ? name : throw new ArgumentOutOfRangeException(nameof(name));
    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public void Rename(string name) => Name = name.Length is > 0 and <= LongestName ? name : throw new ArgumentOutOfRangeException(nameof(name));
}

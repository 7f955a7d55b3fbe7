namespace CourseShop.Publishing;

/// <summary>A picture that an author uploaded: a file of its own name in the data folder. Its row is there before the file, so that what was begun can be cleared away.</summary>
public sealed class ArticlePicture(long authorId, string name, int width, int height, int bytes, DateTimeOffset uploadedAt)
{
    public long Id { get; private set; }
    public long AuthorId { get; private set; } = authorId;
    public string Name { get; private set; } = name;
    public int Width { get; private set; } = width;
    public int Height { get; private set; } = height;
    public int Bytes { get; private set; } = bytes;
    public DateTimeOffset UploadedAt { get; private set; } = uploadedAt;

    /// <summary>The file is there, whole.</summary>
    public bool IsStored { get; private set; }

    public string Address => $"/pictures/{Name}";
}

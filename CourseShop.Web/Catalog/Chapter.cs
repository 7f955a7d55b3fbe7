namespace CourseShop.Catalog;

/// <summary>章.</summary>
public sealed class Chapter(string title, int position)
{
    private readonly List<Lesson> _lessons = [];

    public long Id { get; private set; }
    public long CourseId { get; private set; }
    public string Title { get; private set; } = title;
    public int Position { get; private set; } = position;
    public bool IsHidden { get; private set; }
    public IReadOnlyList<Lesson> Lessons => _lessons;

    public Chapter With(IEnumerable<Lesson> lessons)
    {
        _lessons.AddRange(lessons);
        return this;
    }
}

public enum LessonKind
{
    Video,
    Text,
}

/// <summary>课时: a video, or a text to read.</summary>
public sealed class Lesson(string title, int position, LessonKind kind, int seconds, bool isFreeTrial)
{
    public long Id { get; private set; }
    public long ChapterId { get; private set; }
    public string Title { get; private set; } = title;
    public int Position { get; private set; } = position;
    public LessonKind Kind { get; private set; } = kind;

    /// <summary>How long it plays, or takes to read.</summary>
    public int Seconds { get; private set; } = seconds;

    /// <summary>免费试学: open to everybody, without signing in.</summary>
    public bool IsFreeTrial { get; private set; } = isFreeTrial;

    /// <summary>A file name in the data folder's media, for a video.</summary>
    public string? MediaFile { get; private set; }

    /// <summary>Markdown, for a text.</summary>
    public string? Text { get; private set; }
    public bool IsHidden { get; private set; }

    public Lesson Showing(string? mediaFile, string? text)
    {
        MediaFile = mediaFile;
        Text = text;
        return this;
    }
}

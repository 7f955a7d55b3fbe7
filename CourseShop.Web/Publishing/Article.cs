using CourseShop.Common;

namespace CourseShop.Publishing;

public enum ArticleStatus
{
    /// <summary>草稿: seen by its author alone.</summary>
    Draft,

    /// <summary>已发布.</summary>
    Published,

    /// <summary>已撤回: by its author, or by staff with a reason.</summary>
    Withdrawn,
}

/// <summary>文章: Markdown by an author. Its counts are moved by set-based statements beside it; its version counts changes of the text alone.</summary>
/// <param name="draftKey">Of the form that it was first saved from: sent twice, it makes one article.</param>
public sealed class Article(long authorId, string draftKey, DateTimeOffset createdAt)
{
    public const int LongestTitle = 60;
    public const int LongestText = 60_000;
    public const int LongestReason = 200;

    private readonly List<ArticleCourse> _courses = [];

    public long Id { get; private set; }
    public long AuthorId { get; private set; } = authorId;
    public string DraftKey { get; private set; } = draftKey;
    public long? NotebookId { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Text { get; private set; } = "";

    /// <summary>How the text begins, without its markup.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>The first picture of the shop in the text.</summary>
    public string? CoverPath { get; private set; }
    public int WordCount { get; private set; }
    public ArticleStatus Status { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; } = createdAt;
    public DateTimeOffset ChangedAt { get; private set; } = createdAt;

    /// <summary>When it was published first.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Why staff withdrew it; its author can't publish it while this stands.</summary>
    public string? WithdrawReason { get; private set; }

    /// <summary>When the last follower was told of it.</summary>
    public DateTimeOffset? FollowersToldAt { get; private set; }
    public int Version { get; private set; } = 1;
    public int Reads { get; private set; }
    public int Likes { get; private set; }
    public int Comments { get; private set; }

    /// <summary>What the popular ones are put in order by: a read counts 1, a like 10, a comment 5.</summary>
    public int Heat { get; private set; }

    /// <summary>The courses that it speaks of.</summary>
    public IReadOnlyList<ArticleCourse> Courses => _courses;

    public bool IsPublished => Status == ArticleStatus.Published;

    /// <summary>Why this can't be published; null where it can.</summary>
    public Refusal? ObstacleToPublishing => this switch
    {
        { WithdrawReason: not null } => new("文章被管理员撤下，暂时不能发布"),
        { Title.Length: 0 } => new("请先写好标题，再发布"),
        { WordCount: 0 } => new("请先写好正文，再发布"),
        _ => null,
    };

    public void Rewrite(string title, string text, long? notebookId, IEnumerable<long> courseIds, DateTimeOffset now)
    {
        Title = title.Length <= LongestTitle ? title : throw new ArgumentOutOfRangeException(nameof(title));
        Text = text.Length <= LongestText ? text : throw new ArgumentOutOfRangeException(nameof(text));
        Summary = MarkdownText.Summary(MarkdownText.Plain(text, withHeadings: false));
        CoverPath = MarkdownText.FirstPicture(text);
        WordCount = MarkdownText.CountWords(MarkdownText.Plain(text));
        NotebookId = notebookId;
        Name(courseIds.Distinct().ToList());
        ChangedAt = now;
        Version++;
    }

    public void Publish(DateTimeOffset now)
    {
        if (ObstacleToPublishing is { } obstacle)
            throw new InvalidOperationException($"Article {Id} can't be published: {obstacle.Key}");
        Status = ArticleStatus.Published;
        PublishedAt ??= now;
    }

    /// <summary>By its author.</summary>
    public void Withdraw() => Status = Status == ArticleStatus.Draft ? ArticleStatus.Draft : ArticleStatus.Withdrawn;

    /// <summary>By staff, who say why.</summary>
    public void Withdraw(string reason)
    {
        Status = ArticleStatus.Withdrawn;
        WithdrawReason = reason.Length is > 0 and <= LongestReason ? reason : throw new ArgumentOutOfRangeException(nameof(reason));
    }

    /// <summary>Staff withdrew it, and think better of it.</summary>
    public void Restore()
    {
        Status = ArticleStatus.Published;
        WithdrawReason = null;
    }

    public void NoteFollowersTold(DateTimeOffset now) => FollowersToldAt = now;

    private void Name(List<long> courseIds)
    {
        _courses.RemoveAll(named => !courseIds.Contains(named.CourseId));
        _courses.AddRange(courseIds.Where(id => !_courses.Exists(named => named.CourseId == id)).Select(id => new ArticleCourse(id)));
    }
}

/// <summary>A course that an article speaks of.</summary>
public sealed class ArticleCourse(long courseId)
{
    public long ArticleId { get; private set; }
    public long CourseId { get; private set; } = courseId;
}

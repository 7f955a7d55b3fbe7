namespace CourseShop.Publishing;

/// <summary>喜欢: one per reader and article.</summary>
public sealed class ArticleLike(long articleId, long userId, DateTimeOffset at)
{
    public long Id { get; private set; }
    public long ArticleId { get; private set; } = articleId;
    public long UserId { get; private set; } = userId;
    public DateTimeOffset At { get; private set; } = at;
}

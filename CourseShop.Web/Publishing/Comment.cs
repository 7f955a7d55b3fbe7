namespace CourseShop.Publishing;

/// <summary>评论, or an answer to one. What was said stays in the books; what is deleted or hidden is shown to nobody but staff.</summary>
/// <param name="key">Of the form that it came from: sent twice, it is said once.</param>
public sealed class Comment(long articleId, long userId, long? parentId, string text, string key, DateTimeOffset at)
{
    public const int LongestText = 1000;

    public long Id { get; private set; }
    public long ArticleId { get; private set; } = articleId;
    public long UserId { get; private set; } = userId;

    /// <summary>The comment that this answers: one level, an answer to an answer stands beneath the same comment.</summary>
    public long? ParentId { get; private set; } = parentId;
    public string Text { get; private set; } = text.Length is > 0 and <= LongestText ? text : throw new ArgumentOutOfRangeException(nameof(text));
    public string Key { get; private set; } = key;
    public DateTimeOffset At { get; private set; } = at;

    /// <summary>Taken back by whoever wrote it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Hidden by the article's author or by staff.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }
    public long? HiddenBy { get; private set; }

    public bool IsShown => DeletedAt is null && HiddenAt is null;

    public void Delete(DateTimeOffset now) => DeletedAt ??= now;

    public void Hide(long by, DateTimeOffset now)
    {
        if (HiddenAt is not null)
            return;
        (HiddenBy, HiddenAt) = (by, now);
    }

    public void Show() => (HiddenBy, HiddenAt) = (null, null);
}

namespace CourseShop.Messaging;

public enum NoticeKind
{
    /// <summary>An author whom one follows has published: author, title.</summary>
    NewArticle,

    /// <summary>Somebody commented on one's article: who, title.</summary>
    Comment,

    /// <summary>Somebody answered one's comment: who, title.</summary>
    Answer,

    /// <summary>Somebody follows one: who.</summary>
    Follower,

    /// <summary>Staff withdrew one's article: title, why.</summary>
    ArticleWithdrawn,

    /// <summary>Staff let one's article be seen again: title.</summary>
    ArticleRestored,

    /// <summary>Somebody tipped one's article: who (empty: anonymous), how much, title.</summary>
    Tip,

    /// <summary>Staff gave a tip back to who gave it: how much, title.</summary>
    TipTakenBack,

    /// <summary>One's withdrawal was paid out: how much.</summary>
    WithdrawalPaid,

    /// <summary>One's withdrawal was declined or failed, the money is in the wallet again: how much.</summary>
    WithdrawalReturned,
}

/// <summary>通知: what happened that concerns somebody, told once. The sentence is made when it is read, in the reader's language.</summary>
/// <param name="key">What it tells of: the same thing is told once.</param>
/// <param name="path">Where to look.</param>
/// <param name="arguments">What fills the sentence's places.</param>
public sealed class Notice(long userId, NoticeKind kind, string key, string path, IReadOnlyList<string> arguments, DateTimeOffset at)
{
    public long Id { get; private set; }
    public long UserId { get; private set; } = userId;
    public NoticeKind Kind { get; private set; } = kind;
    public string Key { get; private set; } = key;
    public string Path { get; private set; } = path;
    public IReadOnlyList<string> Arguments { get; private set; } = arguments;
    public DateTimeOffset At { get; private set; } = at;
    public DateTimeOffset? SeenAt { get; private set; }
}

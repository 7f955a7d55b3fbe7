using CourseShop.Common;

namespace CourseShop.Publishing;

/// <summary>What somebody wants to give.</summary>
/// <param name="Amount">In fen.</param>
/// <param name="Message">At most <see cref="Tip.LongestMessage"/> characters; may be empty.</param>
/// <param name="IsAnonymous">Readers don't learn who gives; the author neither.</param>
public sealed record TipWish(Money Amount, string Message, bool IsAnonymous);

/// <summary>赞赏: money of a reader for the author of an article. Its attempts to pay say whether it still can be paid; money that comes late still counts.</summary>
public sealed class Tip
{
    public const int LongestMessage = 200;

    private Tip()
    {
    }

    public long Id { get; private set; }

    /// <summary>Also the first attempt's number at the gateway.</summary>
    public string Number { get; private set; } = "";
    public long ArticleId { get; private set; }
    public long AuthorId { get; private set; }

    /// <summary>Who gives.</summary>
    public long UserId { get; private set; }

    /// <summary>One per form: sent twice, it makes one tip.</summary>
    public string FormKey { get; private set; } = "";
    public Money Amount { get; private set; }
    public string Message { get; private set; } = "";
    public bool IsAnonymous { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The deadline.</summary>
    public DateTimeOffset PayBy { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>What the platform keeps of it, by the setting when it was paid.</summary>
    public Money Share { get; private set; }

    /// <summary>When staff took it back from the author, to give it back.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    /// <summary>The refund that gives it back.</summary>
    public string? RefundNumber { get; private set; }
    public DateTimeOffset? RefundedAt { get; private set; }

    /// <summary>The author has it.</summary>
    public bool IsGiven => PaidAt is not null && TakenBackAt is null;

    /// <summary>What the author has of it.</summary>
    public Money ForAuthor => Amount - Share;

    public static Tip Leave(long articleId, long authorId, long userId, TipWish wish, string formKey, DateTimeOffset now, TimeSpan timeout) => new()
    {
        Number = DatedNumber.New('S', now),
        ArticleId = articleId,
        AuthorId = authorId,
        UserId = userId,
        FormKey = formKey,
        Amount = wish.Amount,
        Message = wish.Message,
        IsAnonymous = wish.IsAnonymous,
        CreatedAt = now,
        PayBy = now + timeout,
    };

    /// <summary>Its money came.</summary>
    public void MarkPaid(Money share, DateTimeOffset now)
    {
        if (PaidAt is not null)
            throw new InvalidOperationException($"Tip {Number} was paid already.");
        (PaidAt, Share) = (now, share);
    }

    /// <summary>Staff give it back.</summary>
    public void TakeBack(string refundNumber, DateTimeOffset now)
    {
        if (!IsGiven)
            throw new InvalidOperationException($"Tip {Number} is not with its author.");
        (TakenBackAt, RefundNumber) = (now, refundNumber);
    }

    /// <summary>The money is with who gave it.</summary>
    public void NoteRefunded(DateTimeOffset now) => RefundedAt = now;

    /// <summary>The gateway refused for good: the author has it again.</summary>
    public void GiveAgain() => (TakenBackAt, RefundNumber) = (null, null);
}

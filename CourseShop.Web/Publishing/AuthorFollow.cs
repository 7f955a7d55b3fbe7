namespace CourseShop.Publishing;

/// <summary>关注: who follows is told of the author's new articles.</summary>
public sealed class AuthorFollow(long authorId, long followerId, DateTimeOffset at)
{
    public long Id { get; private set; }
    public long AuthorId { get; private set; } = authorId;
    public long FollowerId { get; private set; } = followerId;
    public DateTimeOffset At { get; private set; } = at;
}

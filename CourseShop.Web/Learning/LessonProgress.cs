namespace CourseShop.Learning;

/// <summary>学习进度, in its first form: a lesson that somebody who holds its course has opened.</summary>
public sealed class LessonProgress(long userId, long courseId, long lessonId, DateTimeOffset openedAt)
{
    public long Id { get; private set; }
    public long UserId { get; private set; } = userId;
    public long CourseId { get; private set; } = courseId;
    public long LessonId { get; private set; } = lessonId;

    /// <summary>When it was opened first.</summary>
    public DateTimeOffset OpenedAt { get; private set; } = openedAt;
}

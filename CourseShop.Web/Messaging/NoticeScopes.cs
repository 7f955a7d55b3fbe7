namespace CourseShop.Messaging;

public static class NoticeScopes
{
    public static IQueryable<Notice> To(this IQueryable<Notice> notices, long userId) => notices.Where(notice => notice.UserId == userId);

    public static IQueryable<Notice> Unseen(this IQueryable<Notice> notices) => notices.Where(notice => notice.SeenAt == null);
}

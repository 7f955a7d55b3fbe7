using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Messaging;

/// <summary>How many notices somebody has not seen: the number in the header.</summary>
public sealed class CountNotices(ShopDb db, NoticeCountQuery query)
{
    public Task<int> RunAsync(long userId, CancellationToken stop) => query.Unseen(db, userId, stop);
}

/// <summary>Asked with every page of everybody who has signed in: worked out once.</summary>
public sealed class NoticeCountQuery
{
    /// <summary>As <see cref="NoticeScopes"/> says.</summary>
    internal Func<ShopDb, long, CancellationToken, Task<int>> Unseen { get; } = EF.CompileAsyncQuery((ShopDb db, long userId, CancellationToken stop) =>
        db.Notices.Count(notice => notice.UserId == userId && notice.SeenAt == null));
}

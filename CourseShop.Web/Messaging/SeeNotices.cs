using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Messaging;

/// <summary>全部已读: up to the newest that was on the page; what came since stays new.</summary>
public sealed class SeeNotices(ShopWriter writer, TimeProvider clock)
{
    public Task RunAsync(long userId, long upTo, CancellationToken stop) => writer.RunAsync((unit, token) =>
        unit.Notices.To(userId).Unseen().Where(notice => notice.Id <= upTo).ExecuteUpdateAsync(set => set.SetProperty(notice => notice.SeenAt, clock.GetUtcNow()), token), stop);
}

using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Messaging;

/// <summary>How many notices somebody has not seen.</summary>
public sealed class CountNotices(ShopDb db)
{
    public Task<int> RunAsync(long userId, CancellationToken stop) => db.Notices.To(userId).Unseen().CountAsync(stop);
}

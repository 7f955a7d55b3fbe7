using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Messaging;

/// <summary>Tells somebody something in the unit in which it happens; told before, it is not told again.</summary>
public static class Telling
{
    public static async Task TellAsync(this ShopDb unit, long userId, NoticeKind kind, string key, string path, IReadOnlyList<string> arguments, DateTimeOffset now, CancellationToken stop)
    {
        if (!await unit.Notices.AnyAsync(notice => notice.UserId == userId && notice.Key == key, stop))
            unit.Notices.Add(new Notice(userId, kind, key, path, arguments, now));
    }
}

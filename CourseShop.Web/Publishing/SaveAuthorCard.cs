using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>What readers see of an author: the pen name, which nobody else may go by, and a motto.</summary>
public sealed class SaveAuthorCard(ShopWriter writer, CatalogueCache cache)
{
    public const int LongestName = 20;
    public const int LongestMotto = 60;

    public async Task<Outcome<Done>> RunAsync(long userId, string? name, string? motto, CancellationToken stop)
    {
        var penName = WrittenText.Line(name, LongestName + 1);
        if (penName.Length > LongestName)
            return new Refusal("笔名最多 {0} 个字", LongestName);
        var saved = await writer.RunAsync((unit, token) => SaveAsync(unit, userId, penName, WrittenText.Line(motto, LongestMotto), token), stop);
        await cache.EvictAsync(stop);
        return saved;
    }

    private static async Task<Outcome<Done>> SaveAsync(ShopDb unit, long userId, string name, string motto, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfPenNames, stop);
        var key = name.ToUpperInvariant();
        if (name.Length > 0 && await unit.Users.AnyAsync(user => user.Id != userId && (user.NormalizedUserName == key || user.Nickname == name), stop))
            return new Refusal("这个笔名已经有人用了，请换一个");
        var user = await unit.Users.SingleAsync(user => user.Id == userId, stop);
        (user.Nickname, user.Motto) = (name, motto);
        await unit.SaveChangesAsync(stop);
        return new Done();
    }
}

using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>撤回: the author takes an article back; it can be published again.</summary>
public sealed class WithdrawArticle(ShopWriter writer, CatalogueCache cache)
{
    /// <summary>False when no such article is the author's.</summary>
    public async Task<bool> RunAsync(long authorId, long articleId, CancellationToken stop)
    {
        var isDone = await writer.RunAsync(async (unit, token) =>
        {
            await unit.TakeTurnAsync(Turn.OfShopper(authorId), token);
            if (await unit.Articles.WrittenBy(authorId).SingleOrDefaultAsync(article => article.Id == articleId, token) is not { } article)
                return false;
            article.Withdraw();
            await unit.SaveChangesAsync(token);
            return true;
        }, stop);
        await cache.EvictAsync(stop);
        return isDone;
    }
}

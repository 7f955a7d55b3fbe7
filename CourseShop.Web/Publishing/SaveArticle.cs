using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;

namespace CourseShop.Publishing;

/// <summary>保存: a draft stays one; what is published changes at once.</summary>
public sealed class SaveArticle(ShopWriter writer, CatalogueCache cache, TimeProvider clock)
{
    /// <summary>The article's id; null when no such article is the author's.</summary>
    public async Task<Outcome<Article>?> RunAsync(long authorId, ArticleEdit edit, CancellationToken stop)
    {
        var saved = await writer.RunAsync(async (unit, token) =>
        {
            var rewritten = await unit.RewriteAsync(authorId, edit, clock.GetUtcNow(), token);
            if (rewritten?.Refusal is null)
                await unit.SaveChangesAsync(token);
            return rewritten;
        }, stop);
        if (saved?.Value is { IsPublished: true })
            await cache.EvictAsync(stop);
        return saved;
    }
}

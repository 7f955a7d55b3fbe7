using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;

namespace CourseShop.Publishing;

/// <summary>发布: saves what the form says and lets everybody read it; the first time, followers are told.</summary>
public sealed class PublishArticle(ShopWriter writer, TellFollowers tell, CatalogueCache cache, TimeProvider clock)
{
    /// <summary>The article's id; null when no such article is the author's.</summary>
    public async Task<Outcome<Article>?> RunAsync(long authorId, ArticleEdit edit, CancellationToken stop)
    {
        var published = await writer.RunAsync((unit, token) => PublishAsync(unit, authorId, edit, token), stop);
        if (published?.Value is { } article)
        {
            await cache.EvictAsync(stop);
            await tell.RunAsync(article.Id, stop);
        }

        return published;
    }

    private async Task<Outcome<Article>?> PublishAsync(ShopDb unit, long authorId, ArticleEdit edit, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var rewritten = await unit.RewriteAsync(authorId, edit, now, stop);
        if (rewritten?.Value is not { } article)
            return rewritten;
        if (article.ObstacleToPublishing is { } obstacle)
            return obstacle;
        article.Publish(now);
        await unit.SaveChangesAsync(stop);
        return article;
    }
}

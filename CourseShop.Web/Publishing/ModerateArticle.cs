using System.Globalization;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Staff withdraw an article with a reason, or let it be read again; its author is told.</summary>
public sealed class ModerateArticle(ShopWriter writer, CatalogueCache cache, TimeProvider clock)
{
    /// <param name="reason">Why it is withdrawn; null restores it.</param>
    /// <returns>Null when there is no such article, or when it is no longer in a state that allows this.</returns>
    public async Task<Outcome<Done>?> RunAsync(long articleId, string? reason, CancellationToken stop)
    {
        var why = reason is null ? null : WrittenText.Line(reason, Article.LongestReason);
        if (why is { Length: 0 })
            return new Refusal("请写明原因，作者会看到");
        var done = await writer.RunAsync((unit, token) => ModerateAsync(unit, articleId, why, token), stop);
        await cache.EvictAsync(stop);
        return done;
    }

    private async Task<Outcome<Done>?> ModerateAsync(ShopDb unit, long articleId, string? reason, CancellationToken stop)
    {
        await unit.TakeTurnsAsync(unit.Articles.Where(article => article.Id == articleId).Select(article => article.AuthorId), stop);
        var article = await unit.Articles.SingleOrDefaultAsync(article => article.Id == articleId && article.PublishedAt != null, stop);
        if (article is null || (reason is null) == (article.WithdrawReason is null))
            return null;
        var now = clock.GetUtcNow();
        var path = string.Create(CultureInfo.InvariantCulture, $"/articles/{articleId}");
        var key = string.Create(CultureInfo.InvariantCulture, $"{(reason is null ? "restored" : "withdrawn")}:{articleId}:{now.ToUnixTimeMilliseconds()}");
        if (reason is null)
        {
            article.Restore();
            await unit.TellAsync(article.AuthorId, NoticeKind.ArticleRestored, key, path, [article.Title], now, stop);
        }
        else
        {
            article.Withdraw(reason);
            await unit.TellAsync(article.AuthorId, NoticeKind.ArticleWithdrawn, key, path, [article.Title, reason], now, stop);
        }

        await unit.SaveChangesAsync(stop);
        return new Done();
    }
}

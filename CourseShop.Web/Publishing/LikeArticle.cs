using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>喜欢, or no longer. Asked twice, it is done once.</summary>
public sealed class LikeArticle(ShopWriter writer, TimeProvider clock)
{
    /// <summary>Null when there is no such article to read.</summary>
    public Task<Outcome<Done>?> RunAsync(long userId, long articleId, bool likes, CancellationToken stop) => writer.RunAsync(async (unit, token) =>
    {
        var author = await unit.Articles.Published().Where(article => article.Id == articleId).Select(article => (long?)article.AuthorId).SingleOrDefaultAsync(token);
        if (author is null)
            return null;
        if (author == userId)
            return new Refusal("自己的文章就不用点喜欢了");
        var like = await unit.ArticleLikes.SingleOrDefaultAsync(like => like.ArticleId == articleId && like.UserId == userId, token);
        if (likes == like is not null)
            return (Outcome<Done>?)new Done();
        if (like is null)
            unit.Add(new ArticleLike(articleId, userId, clock.GetUtcNow()));
        else
            unit.Remove(like);
        await unit.SaveChangesAsync(token);
        await unit.MoveAsync(articleId, token, likes: likes ? 1 : -1);
        return new Done();
    }, stop);
}

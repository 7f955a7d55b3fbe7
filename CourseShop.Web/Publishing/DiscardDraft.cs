using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Throws a draft away that nobody but its author ever saw.</summary>
public sealed class DiscardDraft(ShopWriter writer)
{
    /// <summary>False when no such draft is the author's.</summary>
    public Task<bool> RunAsync(long authorId, long articleId, CancellationToken stop) => writer.RunAsync(async (unit, token) =>
    {
        await unit.TakeTurnAsync(Turn.OfShopper(authorId), token);
        var draft = await unit.Articles.WrittenBy(authorId).SingleOrDefaultAsync(article => article.Id == articleId && article.Status == ArticleStatus.Draft && article.PublishedAt == null, token);
        if (draft is null)
            return false;
        unit.Remove(draft);
        await unit.SaveChangesAsync(token);
        return true;
    }, stop);
}

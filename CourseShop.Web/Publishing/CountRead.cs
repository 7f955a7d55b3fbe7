using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Counts that somebody read an article: once per reader and day. Authors don't read themselves.</summary>
public sealed class CountRead(ShopDb db, ShopWriter writer, TimeProvider clock)
{
    /// <param name="articleId">What was read.</param>
    /// <param name="userId">Who is signed in.</param>
    /// <param name="reader">Who reads: the account, or a guest's key.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task RunAsync(long articleId, long? userId, string reader, CancellationToken stop)
    {
        var read = ArticleRead.By(reader, articleId, clock.GetUtcNow().BeijingDay());
        if (!await db.ArticleReads.AnyAsync(row => row.ArticleId == articleId && row.Day == read.Day && row.Mark == read.Mark, stop))
            await writer.RunAsync((unit, token) => CountAsync(unit, read, userId, token), stop);
    }

    private static async Task<bool> CountAsync(ShopDb unit, ArticleRead read, long? userId, CancellationToken stop)
    {
        if (!await unit.Articles.Published().AnyAsync(article => article.Id == read.ArticleId && article.AuthorId != userId, stop)
            || await unit.ArticleReads.AnyAsync(row => row.ArticleId == read.ArticleId && row.Day == read.Day && row.Mark == read.Mark, stop))
            return false;
        unit.Add(new ArticleRead(read.ArticleId, read.Day, read.Mark));
        await unit.SaveChangesAsync(stop);
        await unit.MoveAsync(read.ArticleId, stop, reads: 1);
        return true;
    }
}

using System.Globalization;
using System.Text.Json;
using CourseShop.Data;
using CourseShop.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Tells an author's followers of a new article, in slices by set-based statements; what was broken off is taken up by the next tidying.</summary>
public sealed class TellFollowers(ShopDb db, ShopWriter writer, TimeProvider clock)
{
    private const int Slice = 2_000;

    public async Task RunAsync(long articleId, CancellationToken stop)
    {
        var article = await db.Articles.Published().Where(article => article.Id == articleId && article.FollowersToldAt == null)
            .Select(article => new { article.AuthorId, article.Title, Author = db.Users.Where(user => user.Id == article.AuthorId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First() }).SingleOrDefaultAsync(stop);
        if (article is null)
            return;

        var arguments = JsonSerializer.Serialize<string[]>([article.Author, article.Title]);
        long? told = 0;
        while (told is { } after)
            told = await writer.RunAsync((unit, token) => TellSliceAsync(unit, articleId, article.AuthorId, arguments, after, token), stop);
        await writer.RunAsync((unit, token) => unit.Articles.Where(row => row.Id == articleId).ExecuteUpdateAsync(set => set.SetProperty(row => row.FollowersToldAt, clock.GetUtcNow()), token), stop);
    }

    /// <summary>The last follow of the slice; null when there was none.</summary>
    private async Task<long?> TellSliceAsync(ShopDb unit, long articleId, long authorId, string arguments, long after, CancellationToken stop)
    {
        var last = await unit.AuthorFollows.Where(follow => follow.AuthorId == authorId && follow.Id > after).OrderBy(follow => follow.Id).Take(Slice).MaxAsync(follow => (long?)follow.Id, stop);
        if (last is null)
            return null;
        var kind = (int)NoticeKind.NewArticle;
        var key = string.Create(CultureInfo.InvariantCulture, $"article:{articleId}");
        var path = string.Create(CultureInfo.InvariantCulture, $"/articles/{articleId}");
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await unit.Database.ExecuteSqlAsync($"""
            INSERT INTO "Notices" ("UserId", "Kind", "Key", "Path", "Arguments", "At")
            SELECT "FollowerId", {kind}, {key}, {path}, {arguments}, {now} FROM "AuthorFollows"
            WHERE "AuthorId" = {authorId} AND "Id" > {after} AND "Id" <= {last}
            ON CONFLICT DO NOTHING
            """, stop);
        return last;
    }
}

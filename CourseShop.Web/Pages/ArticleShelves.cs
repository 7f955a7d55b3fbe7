using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages;

/// <summary>How the pages read articles and authors: one statement each, and never the text where a card is wanted.</summary>
public static class ArticleShelves
{
    /// <summary>The cards of the articles, in the order of the query.</summary>
    public static async Task<IReadOnlyList<ArticleCard>> ReadCardsAsync(this ShopDb db, IQueryable<Article> articles, CancellationToken stop) =>
        await articles.Select(article => new ArticleCard(
            article.Id, article.Title, article.Summary, article.CoverPath, article.AuthorId,
            db.Users.Where(user => user.Id == article.AuthorId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First(),
            article.PublishedAt, article.WordCount, article.Reads, article.Likes, article.Comments, article.Status)).ToListAsync(stop);

    /// <summary>The card of who writes, whether or not anything is published yet; null where there is nobody.</summary>
    public static async Task<AuthorCard?> ReadAuthorAsync(this ShopDb db, long authorId, CancellationToken stop)
    {
        var published = db.Articles.Published().WrittenBy(authorId);
        var given = db.Tips.For(authorId).Given();
        return await db.Users.Where(user => user.Id == authorId).Select(user => new AuthorCard(
            user.Id, user.Nickname == "" ? user.UserName! : user.Nickname, user.Motto,
            published.Count(), published.Sum(article => article.WordCount), published.Sum(article => article.Likes),
            db.AuthorFollows.Count(follow => follow.AuthorId == authorId),
            given.Select(tip => tip.UserId).Distinct().Count())).FirstOrDefaultAsync(stop);
    }

    /// <summary>Who is followed and read most.</summary>
    public static async Task<IReadOnlyList<AuthorCard>> ReadAuthorsAsync(this ShopDb db, int most, CancellationToken stop)
    {
        var sums = await (
            from article in db.Articles.Published()
            group article by article.AuthorId into written
            select new { Author = written.Key, Articles = written.Count(), Words = written.Sum(article => article.WordCount), Likes = written.Sum(article => article.Likes), Heat = written.Sum(article => article.Heat) })
            .OrderByDescending(written => written.Heat).Take(most).ToListAsync(stop);
        var ids = sums.ConvertAll(written => written.Author);
        var given = db.Tips.Given();
        var people = await db.Users.Where(user => ids.Contains(user.Id)).Select(user => new
        {
            user.Id,
            Name = user.Nickname == "" ? user.UserName! : user.Nickname,
            user.Motto,
            Followers = db.AuthorFollows.Count(follow => follow.AuthorId == user.Id),
            Supporters = given.Where(tip => tip.AuthorId == user.Id).Select(tip => tip.UserId).Distinct().Count(),
        }).ToDictionaryAsync(user => user.Id, stop);
        return sums.ConvertAll(written =>
        {
            var author = people[written.Author];
            return new AuthorCard(author.Id, author.Name, author.Motto, written.Articles, written.Words, written.Likes, author.Followers, author.Supporters);
        });
    }
}

using CourseShop.Accounts;

namespace CourseShop.Publishing;

/// <summary>Named queries over articles and what belongs to them.</summary>
public static class PublishingScopes
{
    private const int MostWords = 6;

    public static IQueryable<Article> Published(this IQueryable<Article> articles) => articles.Where(article => article.Status == ArticleStatus.Published);

    public static IQueryable<Article> WrittenBy(this IQueryable<Article> articles, long authorId) => articles.Where(article => article.AuthorId == authorId);

    /// <summary>What this person may open: what is published, and what is their own; who moderates may open everything.</summary>
    public static IQueryable<Article> OpenTo(this IQueryable<Article> articles, long? userId, bool mayModerate) =>
        mayModerate ? articles : articles.Where(article => article.Status == ArticleStatus.Published || article.AuthorId == userId);

    public static IQueryable<Article> Newest(this IQueryable<Article> articles) => articles.OrderByDescending(article => article.PublishedAt).ThenByDescending(article => article.Id);

    public static IQueryable<Article> Popular(this IQueryable<Article> articles) => articles.OrderByDescending(article => article.Heat).ThenByDescending(article => article.Id);

    /// <summary>Every word occurs in the title or in the author's name; capitals don't matter, and no sign is a wildcard.</summary>
#pragma warning disable MA0011 // lower() of the database
    public static IQueryable<Article> Matching(this IQueryable<Article> articles, IQueryable<ShopUser> users, string text) =>
        text.ToLowerInvariant().Split(default(char[]), MostWords, StringSplitOptions.RemoveEmptyEntries).Aggregate(articles, (matches, word) => matches.Where(article =>
            article.Title.ToLower().Contains(word)
            || users.Any(user => user.Id == article.AuthorId && (user.Nickname == "" ? user.UserName! : user.Nickname).ToLower().Contains(word))));
#pragma warning restore MA0011

    public static IQueryable<Comment> Shown(this IQueryable<Comment> comments) => comments.Where(comment => comment.DeletedAt == null && comment.HiddenAt == null);

    public static IQueryable<ArticlePicture> OwnedBy(this IQueryable<ArticlePicture> pictures, long authorId) => pictures.Where(picture => picture.AuthorId == authorId);
}

using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Articles;

/// <summary>A comment as readers see it.</summary>
/// <param name="Text">Empty where it is no longer shown, and only its answers are.</param>
public sealed record CommentRow(long Id, long? ParentId, long UserId, string Name, string Text, DateTimeOffset At, bool IsShown);

/// <summary>One page of an article's comments, each with its answers.</summary>
public sealed record CommentPage(int Page, int Last, IReadOnlyList<(CommentRow Comment, IReadOnlyList<CommentRow> Answers)> Rows);

public static class CommentShelves
{
    private const int PageSize = 20;
    private const int MostAnswers = 500;
    private const int LikersAsked = 50;

    /// <summary>The oldest first. A comment that is no longer shown keeps its place while it has answers.</summary>
    public static async Task<CommentPage> ReadCommentsAsync(this ShopDb db, long articleId, int page, CancellationToken stop)
    {
        var tops = Tops(db, articleId);
        var last = Math.Max(1, (await tops.CountAsync(stop) + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, last);
        var shown = await Rows(db, tops.OrderBy(comment => comment.Id).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(stop);
        var ids = shown.ConvertAll(comment => comment.Id);
        var answers = (await Rows(db, db.Comments.Shown().Where(comment => comment.ParentId != null && ids.Contains(comment.ParentId.Value)).OrderBy(comment => comment.Id).Take(MostAnswers)).ToListAsync(stop))
            .ToLookup(comment => comment.ParentId!.Value);
        return new(page, last, [.. shown.OrderBy(comment => comment.Id).Select(comment => (comment, (IReadOnlyList<CommentRow>)[.. answers[comment.Id].OrderBy(answer => answer.Id)]))]);
    }

    public static async Task<int> PageOfCommentAsync(this ShopDb db, long articleId, long topId, CancellationToken stop) =>
        1 + (await Tops(db, articleId).CountAsync(comment => comment.Id < topId, stop) / PageSize);

    /// <summary>What to read next: of the same notebook, liked by the same people, by the same author, and then what is read most.</summary>
    public static async Task<IReadOnlyList<ArticleCard>> ReadSuggestionsAsync(this ShopDb db, long articleId, long authorId, long? notebookId, int most, CancellationToken stop)
    {
        var others = db.Articles.Published().Where(article => article.Id != articleId);
        var likers = db.ArticleLikes.Where(like => like.ArticleId == articleId).OrderByDescending(like => like.Id).Take(LikersAsked).Select(like => like.UserId);
        var liked = from like in db.ArticleLikes where likers.Contains(like.UserId) && like.ArticleId != articleId group like by like.ArticleId into article orderby article.Count() descending, article.Key descending select article.Key;
        var found = new List<long>();
        foreach (var ids in new[]
        {
            others.Where(article => notebookId != null && article.NotebookId == notebookId).Newest().Select(article => article.Id).Take(2),
            liked.Take(2),
            others.WrittenBy(authorId).Newest().Select(article => article.Id).Take(most),
            others.Popular().Select(article => article.Id).Take(most),
        })
        {
            if (found.Count < most)
                found.AddRange((await ids.ToListAsync(stop)).Except(found).Take(most - found.Count));
        }

        var cards = (await db.ReadCardsAsync(others.Where(article => found.Contains(article.Id)), stop)).ToDictionary(card => card.Id);
        return [.. found.Where(cards.ContainsKey).Select(id => cards[id])];
    }

    private static IQueryable<Comment> Tops(ShopDb db, long articleId) => db.Comments.Where(comment => comment.ArticleId == articleId && comment.ParentId == null
        && ((comment.DeletedAt == null && comment.HiddenAt == null) || db.Comments.Any(answer => answer.ParentId == comment.Id && answer.DeletedAt == null && answer.HiddenAt == null)));

    private static IQueryable<CommentRow> Rows(ShopDb db, IQueryable<Comment> comments) =>
        from comment in comments
        join user in db.Users on comment.UserId equals user.Id
        let isShown = comment.DeletedAt == null && comment.HiddenAt == null
        select new CommentRow(comment.Id, comment.ParentId, comment.UserId, user.Nickname == "" ? user.UserName! : user.Nickname, isShown ? comment.Text : "", comment.At, isShown);
}

using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Who moderates.</summary>
public readonly record struct Moderator(long UserId, bool IsStaff);

/// <summary>What becomes of a comment.</summary>
public enum CommentFate
{
    /// <summary>By whoever wrote it.</summary>
    Delete,

    /// <summary>By the article's author, or by staff.</summary>
    Hide,

    /// <summary>By staff.</summary>
    Show,
}

/// <summary>Takes a comment away, or shows it again; the number beside the article moves with it.</summary>
public sealed class ModerateComment(ShopWriter writer, TimeProvider clock)
{
    /// <summary>False when there is no such comment, or none that this person may do this to.</summary>
    public Task<bool> RunAsync(Moderator who, long commentId, CommentFate fate, CancellationToken stop) => writer.RunAsync(async (unit, token) =>
    {
        await unit.TakeTurnsAsync(unit.Comments.Where(comment => comment.Id == commentId).Select(comment => comment.UserId), token);
        var comment = await unit.Comments.SingleOrDefaultAsync(comment => comment.Id == commentId, token);
        if (comment is null || !await MayAsync(unit, who, comment, fate, token))
            return false;
        var wasShown = comment.IsShown;
        if (fate == CommentFate.Delete)
            comment.Delete(clock.GetUtcNow());
        else if (fate == CommentFate.Hide)
            comment.Hide(who.UserId, clock.GetUtcNow());
        else
            comment.Show();
        await unit.SaveChangesAsync(token);
        if (comment.IsShown != wasShown)
            await unit.MoveAsync(comment.ArticleId, token, comments: comment.IsShown ? 1 : -1);
        return true;
    }, stop);

    private static async Task<bool> MayAsync(ShopDb unit, Moderator who, Comment comment, CommentFate fate, CancellationToken stop) => fate switch
    {
        CommentFate.Delete => comment.UserId == who.UserId,
        CommentFate.Hide => who.IsStaff || await unit.Articles.WrittenBy(who.UserId).AnyAsync(article => article.Id == comment.ArticleId, stop),
        _ => who.IsStaff,
    };
}

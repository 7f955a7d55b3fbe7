using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>评论, or an answer to one. Sent twice, it is said once. The article's author is told, and who is answered.</summary>
public sealed class LeaveComment(ShopWriter writer, IOptions<PublishingOptions> options, TimeProvider clock)
{
    /// <param name="userId">Who says it.</param>
    /// <param name="articleId">Of what.</param>
    /// <param name="answerTo">The comment that is answered; null for the article itself.</param>
    /// <param name="text">As it was typed.</param>
    /// <param name="key">Of the form.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The comment's id; null when there is no such article to read.</returns>
    public async Task<Outcome<long>?> RunAsync(long userId, long articleId, long? answerTo, string? text, string key, CancellationToken stop)
    {
        var said = WrittenText.Lines(text);
        if (said.Length == 0)
            return new Refusal("请先写下评论");
        if (said.Length > Comment.LongestText)
            return new Refusal("评论最多 {0} 个字", Comment.LongestText);
        return await writer.RunAsync((unit, token) => SayAsync(unit, userId, articleId, answerTo, said, key, token), stop);
    }

    private async Task<Outcome<long>?> SayAsync(ShopDb unit, long userId, long articleId, long? answerTo, string text, string key, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var article = await unit.Articles.Published().Where(article => article.Id == articleId).Select(article => new { article.AuthorId, article.Title }).SingleOrDefaultAsync(stop);
        if (article is null)
            return null;
        var mine = unit.Comments.Where(comment => comment.UserId == userId);
        if (await mine.Where(comment => comment.Key == key).Select(comment => (long?)comment.Id).SingleOrDefaultAsync(stop) is { } said)
            return said;
        var now = clock.GetUtcNow();
        var aMinuteAgo = now.AddMinutes(-1);
        if (await mine.CountAsync(comment => comment.At > aMinuteAgo, stop) >= options.Value.CommentsPerMinute)
            return new Refusal("您评论得太快了，请过一分钟再来");
        var answered = answerTo is null ? null : await unit.Comments.Shown().SingleOrDefaultAsync(comment => comment.Id == answerTo && comment.ArticleId == articleId, stop);
        if (answerTo is not null && answered is null)
            return new Refusal("这条评论已经不在了");

        var comment = new Comment(articleId, userId, answered?.ParentId ?? answered?.Id, text, key, now);
        unit.Add(comment);
        await unit.SaveChangesAsync(stop);
        await unit.MoveAsync(articleId, stop, comments: 1);
        var name = await unit.Users.Where(user => user.Id == userId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).SingleAsync(stop);
        var noticeKey = string.Create(CultureInfo.InvariantCulture, $"comment:{comment.Id}");
        var path = string.Create(CultureInfo.InvariantCulture, $"/articles/{articleId}#comment-{comment.Id}");
        if (answered is not null && answered.UserId != userId)
            await unit.TellAsync(answered.UserId, NoticeKind.Answer, noticeKey, path, [name, article.Title], now, stop);
        if (article.AuthorId != userId)
            await unit.TellAsync(article.AuthorId, NoticeKind.Comment, noticeKey, path, [name, article.Title], now, stop);
        await unit.SaveChangesAsync(stop);
        return comment.Id;
    }
}

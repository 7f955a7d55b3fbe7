using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>关注, or no longer. Asked twice, it is done once; the author hears of a follower once.</summary>
public sealed class FollowAuthor(ShopWriter writer, TimeProvider clock)
{
    /// <summary>Null when nobody of that number has published anything.</summary>
    public Task<Outcome<Done>?> RunAsync(long followerId, long authorId, bool follows, CancellationToken stop) => writer.RunAsync((unit, token) => FollowAsync(unit, followerId, authorId, follows, token), stop);

    private async Task<Outcome<Done>?> FollowAsync(ShopDb unit, long followerId, long authorId, bool follows, CancellationToken stop)
    {
        if (!await unit.Articles.WrittenBy(authorId).AnyAsync(article => article.PublishedAt != null, stop))
            return null;
        if (followerId == authorId)
            return new Refusal("不能关注自己");
        var follow = await unit.AuthorFollows.SingleOrDefaultAsync(follow => follow.AuthorId == authorId && follow.FollowerId == followerId, stop);
        if (follows == follow is not null)
            return new Done();
        if (follow is null)
        {
            var now = clock.GetUtcNow();
            unit.Add(new AuthorFollow(authorId, followerId, now));
            var name = await unit.Users.Where(user => user.Id == followerId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).SingleAsync(stop);
            await unit.TellAsync(authorId, NoticeKind.Follower, string.Create(CultureInfo.InvariantCulture, $"follower:{followerId}"), string.Create(CultureInfo.InvariantCulture, $"/authors/{authorId}"), [name], now, stop);
        }
        else
        {
            unit.Remove(follow);
        }

        await unit.SaveChangesAsync(stop);
        return new Done();
    }
}

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Publishing;

/// <summary>What writers and readers do in a test, by the verbs.</summary>
internal static class Desk
{
    private static int _number;

    public static ArticleEdit Edit(string title = "题目", string text = "正文", long? id = null, int version = 0, string? key = null) =>
        new(id, key ?? $"key-{Interlocked.Increment(ref _number)}", version, title, text, null, "", []);

    public static Task<Outcome<Article>?> SaveAsync(this ShopHost shop, long author, ArticleEdit edit) => shop.InScopeAsync<SaveArticle, Outcome<Article>?>(save => save.RunAsync(author, edit, CancellationToken.None));

    public static Task<Outcome<Article>?> PublishAsync(this ShopHost shop, long author, ArticleEdit edit) => shop.InScopeAsync<PublishArticle, Outcome<Article>?>(publish => publish.RunAsync(author, edit, CancellationToken.None));

    public static async Task<long> PublishedAsync(this ShopHost shop, string author = "author", string title = "题目") => (await shop.PublishAsync(await shop.UserIdAsync(author), Edit(title)))!.Value!.Id;

    public static Task<Article> ArticleAsync(this ShopHost shop, long id) => shop.ReadAsync(db => db.Articles.AsNoTracking().SingleAsync(article => article.Id == id));

    public static Task<Outcome<Done>?> LikeAsync(this ShopHost shop, long user, long article, bool likes = true) => shop.InScopeAsync<LikeArticle, Outcome<Done>?>(like => like.RunAsync(user, article, likes, CancellationToken.None));

    public static Task<Outcome<Done>?> FollowAsync(this ShopHost shop, long follower, long author, bool follows = true) => shop.InScopeAsync<FollowAuthor, Outcome<Done>?>(follow => follow.RunAsync(follower, author, follows, CancellationToken.None));

    public static Task<Outcome<long>?> SayAsync(this ShopHost shop, long user, long article, string text = "说得好", long? answerTo = null, string? key = null) =>
        shop.InScopeAsync<LeaveComment, Outcome<long>?>(leave => leave.RunAsync(user, article, answerTo, text, key ?? $"key-{Interlocked.Increment(ref _number)}", CancellationToken.None));

    public static Task<bool> ModerateAsync(this ShopHost shop, Moderator who, long comment, CommentFate fate) => shop.InScopeAsync<ModerateComment, bool>(moderate => moderate.RunAsync(who, comment, fate, CancellationToken.None));

    public static Task ReadAsync(this ShopHost shop, long article, long? user, string reader) => shop.InScopeAsync<CountRead, Done>(async count =>
    {
        await count.RunAsync(article, user, reader, CancellationToken.None);
        return new Done();
    });

    public static Task TidyAsync(this ShopHost shop) => shop.InScopeAsync<TidyPublishing, Done>(async tidy =>
    {
        await tidy.RunAsync(CancellationToken.None);
        return new Done();
    });
}

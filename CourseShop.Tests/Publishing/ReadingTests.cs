using CourseShop.Common;
using CourseShop.Messaging;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Publishing;

public sealed class ReadingTests(ShopHost shop) : IClassFixture<ShopHost>
{
    [Fact]
    public async Task Twenty_presses_are_one_like()
    {
        var article = await shop.PublishedAsync();
        var reader = await shop.UserIdAsync("shopper");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.LikeAsync(reader, article)));
        Assert.Equal((1, 10), await LikesAsync(article));
        Assert.Equal(1, await shop.ReadAsync(db => db.ArticleLikes.CountAsync(like => like.ArticleId == article)));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.LikeAsync(reader, article, likes: false)));
        Assert.Equal((0, 0), await LikesAsync(article));
    }

    [Fact]
    public async Task Likes_that_come_and_go_end_where_the_rows_are()
    {
        var article = await shop.PublishedAsync();
        var readers = new[] { await shop.UserIdAsync("shopper"), await shop.UserIdAsync("second"), await shop.UserIdAsync("writer") };

        await Task.WhenAll(Enumerable.Range(0, 60).Select(turn => shop.LikeAsync(readers[turn % 3], article, turn / 3 % 2 == 0)));

        var rows = await shop.ReadAsync(db => db.ArticleLikes.CountAsync(like => like.ArticleId == article));
        Assert.Equal((rows, rows * 10), await LikesAsync(article));
    }

    [Fact]
    public async Task Ones_own_article_and_a_draft_are_not_liked()
    {
        var author = await shop.UserIdAsync("author");
        var draft = (await shop.SaveAsync(author, Desk.Edit()))!.Value!.Id;

        Assert.NotNull((await shop.LikeAsync(author, await shop.PublishedAsync()))!.Refusal);
        Assert.Null(await shop.LikeAsync(await shop.UserIdAsync("shopper"), draft));
    }

    [Fact]
    public async Task Twenty_presses_are_one_follow_and_one_notice()
    {
        var author = await shop.UserIdAsync("writer");
        var reader = await shop.UserIdAsync("shopper");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.FollowAsync(reader, author)));
        await shop.FollowAsync(reader, author, follows: false);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.FollowAsync(reader, author)));

        Assert.Equal(1, await shop.ReadAsync(db => db.AuthorFollows.CountAsync(follow => follow.AuthorId == author && follow.FollowerId == reader)));
        Assert.Equal(1, await shop.ReadAsync(db => db.Notices.CountAsync(notice => notice.UserId == author && notice.Kind == NoticeKind.Follower)));
        Assert.NotNull((await shop.FollowAsync(author, author))!.Refusal);
        Assert.Null(await shop.FollowAsync(reader, await shop.UserIdAsync("second")));
    }

    [Fact]
    public async Task A_reader_counts_once_a_day()
    {
        var article = await shop.PublishedAsync();
        var reader = await shop.UserIdAsync("shopper");
        var author = await shop.UserIdAsync("author");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.ReadAsync(article, reader, $"user {reader}")));
        await shop.ReadAsync(article, null, "a guest");
        await shop.ReadAsync(article, author, $"user {author}");
        Assert.Equal(2, (await shop.ArticleAsync(article)).Reads);

        shop.Clock.Advance(TimeSpan.FromDays(1));
        await shop.ReadAsync(article, reader, $"user {reader}");
        Assert.Equal(3, (await shop.ArticleAsync(article)).Reads);

        shop.Clock.Advance(TimeSpan.FromDays(3));
        await shop.TidyAsync();
        Assert.False(await shop.ReadAsync(db => db.ArticleReads.AnyAsync(read => read.ArticleId == article)));
        Assert.Equal(3, (await shop.ArticleAsync(article)).Reads);
    }

    [Fact]
    public async Task A_comment_is_said_once_and_told_to_whom_it_concerns()
    {
        var article = await shop.PublishedAsync(title: "谈谈");
        var (author, reader, other) = (await shop.UserIdAsync("author"), await shop.UserIdAsync("shopper"), await shop.UserIdAsync("second"));

        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.SayAsync(reader, article, "第一条", key: "the same form")));
        var first = Assert.Single(said.Select(done => done!.Value).Distinct());
        var answer = (await shop.SayAsync(other, article, "同意", first))!.Value;
        var below = (await shop.SayAsync(author, article, "谢谢", answer))!.Value;

        Assert.Equal(3, (await shop.ArticleAsync(article)).Comments);
        Assert.Equal(first, await shop.ReadAsync(db => db.Comments.Where(comment => comment.Id == below).Select(comment => comment.ParentId).SingleAsync()));
        Assert.Equal([NoticeKind.Comment, NoticeKind.Comment], await KindsAsync(author, article));
        Assert.Equal([NoticeKind.Answer], await KindsAsync(reader, article));
        Assert.Equal([NoticeKind.Answer], await KindsAsync(other, article));
    }

    [Fact]
    public async Task What_cant_be_said_is_refused()
    {
        var article = await shop.PublishedAsync();
        var elsewhere = await shop.PublishedAsync();
        var reader = await shop.UserIdAsync("second");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        var comment = (await shop.SayAsync(reader, elsewhere))!.Value;

        Assert.NotNull((await shop.SayAsync(reader, article, " \n "))!.Refusal);
        Assert.NotNull((await shop.SayAsync(reader, article, new('长', Comment.LongestText + 1)))!.Refusal);
        Assert.NotNull((await shop.SayAsync(reader, article, answerTo: comment))!.Refusal);
        Assert.Null(await shop.SayAsync(reader, 987_654));

        var many = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.SayAsync(reader, article)));
        Assert.Equal(5, many.Count(done => done!.Refusal is null)); // and the one elsewhere
    }

    [Fact]
    public async Task Who_wrote_it_deletes_it_and_author_and_staff_hide_it()
    {
        var article = await shop.PublishedAsync();
        var (author, reader, stranger, editor) = (await shop.UserIdAsync("author"), await shop.UserIdAsync("shopper"), await shop.UserIdAsync("writer"), await shop.UserIdAsync("editor"));
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        var comments = new List<long>();
        for (var number = 0; number < 3; number++)
            comments.Add((await shop.SayAsync(reader, article))!.Value);

        Assert.False(await shop.ModerateAsync(new(stranger, false), comments[0], CommentFate.Delete));
        Assert.False(await shop.ModerateAsync(new(stranger, false), comments[0], CommentFate.Hide));
        Assert.False(await shop.ModerateAsync(new(author, false), comments[0], CommentFate.Delete));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.ModerateAsync(new(reader, false), comments[0], CommentFate.Delete))), Assert.True);
        Assert.True(await shop.ModerateAsync(new(author, false), comments[1], CommentFate.Hide));
        Assert.True(await shop.ModerateAsync(new(editor, true), comments[2], CommentFate.Hide));
        Assert.Equal(0, (await shop.ArticleAsync(article)).Comments);

        Assert.False(await shop.ModerateAsync(new(author, false), comments[2], CommentFate.Show));
        Assert.True(await shop.ModerateAsync(new(editor, true), comments[2], CommentFate.Show));
        Assert.True(await shop.ModerateAsync(new(editor, true), comments[0], CommentFate.Show)); // what its writer deleted stays deleted
        Assert.Equal(1, (await shop.ArticleAsync(article)).Comments);
    }

    [Fact]
    public async Task Pictures_are_counted_against_a_quota_and_half_ones_are_cleared_away()
    {
        await using var small = new ShopHost();
        small.Settings["Publishing:PictureMegabytesPerAuthor"] = "0";
        var author = await small.UserIdAsync("author");
        Assert.NotNull((await small.InScopeAsync<UploadPicture, Outcome<ArticlePicture>>(upload => upload.RunAsync(author, Pictures.Png(), CancellationToken.None))).Refusal);

        var mine = await shop.UserIdAsync("author");
        var kept = (await shop.InScopeAsync<UploadPicture, Outcome<ArticlePicture>>(upload => upload.RunAsync(mine, Pictures.Jpeg(), CancellationToken.None))).Value!;
        var half = (await shop.InScopeAsync<UploadPicture, Outcome<ArticlePicture>>(upload => upload.RunAsync(mine, Pictures.Gif(), CancellationToken.None))).Value!;
        await shop.WriteAsync(db => db.ArticlePictures.Where(picture => picture.Name == half.Name).ExecuteUpdateAsync(set => set.SetProperty(picture => picture.IsStored, false)));
        await File.WriteAllTextAsync(Path.Combine(shop.DataFolder, "pictures", half.Name + ".part"), "half");

        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.TidyAsync();

        Assert.Equal([kept.Name], Directory.EnumerateFiles(Path.Combine(shop.DataFolder, "pictures")).Select(Path.GetFileName));
        Assert.Equal(kept.Name, (await shop.ReadAsync(db => db.ArticlePictures.SingleAsync(picture => picture.AuthorId == mine))).Name);
    }

    private async Task<(int Likes, int Heat)> LikesAsync(long article) => (await shop.ArticleAsync(article)) is var found ? (found.Likes, found.Heat) : default;

    private Task<List<NoticeKind>> KindsAsync(long user, long article) => shop.ReadAsync(db =>
        db.Notices.Where(notice => notice.UserId == user && notice.Path.StartsWith($"/articles/{article}#")).OrderBy(notice => notice.Id).Select(notice => notice.Kind).ToListAsync());
}

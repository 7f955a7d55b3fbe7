using CourseShop.Common;
using CourseShop.Messaging;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Publishing;

public sealed class WritingTests(ShopHost shop) : IClassFixture<ShopHost>
{
    [Fact]
    public async Task A_draft_is_saved_published_taken_back_and_published_again()
    {
        var author = await shop.UserIdAsync("author");
        var draft = (await shop.SaveAsync(author, Desk.Edit("第一稿", "三个字。") with { NewNotebook = "新集子", Courses = ["Git 日常：提交、分支与后悔药"] }))!.Value!;
        Assert.Equal(ArticleStatus.Draft, (await shop.ArticleAsync(draft.Id)).Status);

        var published = (await shop.PublishAsync(author, Desk.Edit("第二稿", "四个字啦。", draft.Id, draft.Version)))!.Value!;
        var first = (await shop.ArticleAsync(draft.Id)).PublishedAt;
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await shop.InScopeAsync<WithdrawArticle, bool>(withdraw => withdraw.RunAsync(author, draft.Id, CancellationToken.None)));
        Assert.Equal(ArticleStatus.Withdrawn, (await shop.ArticleAsync(draft.Id)).Status);
        await shop.PublishAsync(author, Desk.Edit("第三稿", "五个字好了。", draft.Id, published.Version));

        var article = await shop.ArticleAsync(draft.Id);
        Assert.Equal((ArticleStatus.Published, "第三稿", 5, first), (article.Status, article.Title, article.WordCount, article.PublishedAt));
        Assert.NotNull(first);
    }

    [Fact]
    public async Task Two_tabs_save_and_neither_text_is_lost()
    {
        var author = await shop.UserIdAsync("author");
        var article = (await shop.SaveAsync(author, Desk.Edit("两个窗口", "开头")))!.Value!;

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(tab => shop.SaveAsync(author, Desk.Edit("两个窗口", $"第 {tab} 个窗口写的", article.Id, article.Version))));

        var kept = Assert.Single(saved, done => done!.Refusal is null)!.Value!;
        Assert.Equal(kept.Text, (await shop.ArticleAsync(article.Id)).Text);
        Assert.All(saved.Where(done => done!.Refusal is not null), done => Assert.Equal("这篇文章刚刚在别的窗口改过，您的文字还在下面，没有保存", done!.Refusal!.Key));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_article()
    {
        var author = await shop.UserIdAsync("author");
        var edit = Desk.Edit("只有一篇", "一样的字");

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.SaveAsync(author, edit)));

        Assert.All(made, done => Assert.Null(done!.Refusal));
        Assert.Single(made.Select(done => done!.Value!.Id).Distinct());
    }

    [Fact]
    public async Task A_strangers_article_is_not_found()
    {
        var article = (await shop.SaveAsync(await shop.UserIdAsync("author"), Desk.Edit()))!.Value!;
        var stranger = await shop.UserIdAsync("writer");

        Assert.Null(await shop.SaveAsync(stranger, Desk.Edit("别人的", "字", article.Id, article.Version)));
        Assert.Null(await shop.PublishAsync(stranger, Desk.Edit("别人的", "字", article.Id, article.Version)));
        Assert.False(await shop.InScopeAsync<WithdrawArticle, bool>(withdraw => withdraw.RunAsync(stranger, article.Id, CancellationToken.None)));
        Assert.False(await shop.InScopeAsync<DiscardDraft, bool>(discard => discard.RunAsync(stranger, article.Id, CancellationToken.None)));
        Assert.Equal("题目", (await shop.ArticleAsync(article.Id)).Title);
    }

    [Fact]
    public async Task What_is_too_long_or_missing_is_said_and_nothing_is_kept()
    {
        var author = await shop.UserIdAsync("author");
        var before = await shop.ReadAsync(db => db.Articles.CountAsync());

        foreach (var edit in new[]
        {
            Desk.Edit(new('长', Article.LongestTitle + 1)), Desk.Edit(text: new('长', Article.LongestText + 1)), Desk.Edit() with { NewNotebook = new('长', Notebook.LongestName + 1) },
            Desk.Edit() with { Courses = ["没有这门课"] }, Desk.Edit() with { Key = "" },
        })
            Assert.NotNull((await shop.SaveAsync(author, edit))!.Refusal);
        Assert.NotNull((await shop.PublishAsync(author, Desk.Edit(title: "")))!.Refusal);
        Assert.NotNull((await shop.PublishAsync(author, Desk.Edit(text: "![](/figures/a.svg)")))!.Refusal);

        Assert.Equal(before, await shop.ReadAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task A_notebook_of_another_author_is_passed_over()
    {
        var theirs = await shop.ReadAsync(async db => await db.Notebooks.Where(notebook => db.Users.Any(user => user.Id == notebook.AuthorId && user.UserName == "writer")).Select(notebook => notebook.Id).FirstAsync());

        var article = (await shop.SaveAsync(await shop.UserIdAsync("author"), Desk.Edit() with { NotebookId = theirs }))!.Value!;

        Assert.Null((await shop.ArticleAsync(article.Id)).NotebookId);
    }

    [Fact]
    public async Task Followers_are_told_once_of_what_is_published_first()
    {
        var author = await shop.UserIdAsync("writer");
        var follower = await shop.UserIdAsync("second");
        var article = (await shop.PublishAsync(author, Desk.Edit("告诉大家")))!.Value!;
        await shop.PublishAsync(author, Desk.Edit("又改了", "字", article.Id, article.Version));
        await shop.TidyAsync();

        var notice = await shop.ReadAsync(db => db.Notices.SingleAsync(notice => notice.UserId == follower && notice.Key == $"article:{article.Id}"));

        Assert.Equal((NoticeKind.NewArticle, $"/articles/{article.Id}"), (notice.Kind, notice.Path));
        Assert.Equal(["阿拙", "告诉大家"], notice.Arguments);
    }

    [Fact]
    public async Task What_was_broken_off_is_told_by_the_next_tidying()
    {
        var article = await shop.PublishedAsync("writer", "断在半路");
        var key = $"article:{article}";
        await shop.WriteAsync(async db =>
        {
            await db.Notices.Where(notice => notice.Key == key).ExecuteDeleteAsync();
            await db.Articles.Where(row => row.Id == article).ExecuteUpdateAsync(set => set.SetProperty(row => row.FollowersToldAt, (DateTimeOffset?)null));
        });

        await shop.TidyAsync();

        Assert.True(await shop.ReadAsync(db => db.Notices.AnyAsync(notice => notice.Key == key)));
        Assert.NotNull((await shop.ArticleAsync(article)).FollowersToldAt);
    }

    [Fact]
    public async Task Staff_withdraw_with_a_reason_and_the_author_cant_publish_meanwhile()
    {
        var author = await shop.UserIdAsync("author");
        var id = await shop.PublishedAsync(title: "有争议");
        Task<Outcome<Done>?> ModerateAsync(string? reason) => shop.InScopeAsync<ModerateArticle, Outcome<Done>?>(moderate => moderate.RunAsync(id, reason, CancellationToken.None));

        Assert.NotNull((await ModerateAsync(" "))!.Refusal);
        Assert.Null((await ModerateAsync("抄了别人的图"))!.Refusal);
        Assert.Null(await ModerateAsync("再来一次"));
        var version = (await shop.ArticleAsync(id)).Version;
        Assert.Equal("文章被管理员撤下，暂时不能发布", (await shop.PublishAsync(author, Desk.Edit("有争议", "改好了", id, version)))!.Refusal!.Key);
        Assert.Null((await ModerateAsync(null))!.Refusal);

        Assert.Equal(ArticleStatus.Published, (await shop.ArticleAsync(id)).Status);
        var kinds = await shop.ReadAsync(db => db.Notices.Where(notice => notice.UserId == author && notice.Path == $"/articles/{id}").OrderBy(notice => notice.Id).Select(notice => notice.Kind).ToListAsync());
        Assert.Equal([NoticeKind.ArticleWithdrawn, NoticeKind.ArticleRestored], kinds);
    }

    [Fact]
    public async Task A_pen_name_belongs_to_one()
    {
        var author = await shop.UserIdAsync("author");
        Task<Outcome<Done>> SaveAsync(string name) => shop.InScopeAsync<SaveAuthorCard, Outcome<Done>>(save => save.RunAsync(author, name, "一句话", CancellationToken.None));

        Assert.NotNull((await SaveAsync("阿拙")).Refusal);
        Assert.NotNull((await SaveAsync("ADMIN")).Refusal);
        Assert.NotNull((await SaveAsync(new('长', 21))).Refusal);
        Assert.Null((await SaveAsync("白露")).Refusal);
    }
}

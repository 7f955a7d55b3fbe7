using System.Security.Cryptography;
using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Admin;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Articles;

public sealed record ArticleFacts(
    long Id, long AuthorId, string Title, string Text, string Summary, string? Notebook, long? NotebookId, ArticleStatus Status, string? WithdrawReason,
    DateTimeOffset? PublishedAt, int Words, int Reads, int Likes, int Comments);

/// <summary>A tip as readers see it; without a name it is anonymous.</summary>
public sealed record Supporter(string? Name, Money Amount, string Message, DateTimeOffset At);

public sealed class ArticleModel(
    ShopDb db, CurrentShopper shopper, ShopCookies cookies, LikeArticle like, FollowAuthor follow, LeaveComment leave, ModerateComment moderate, CountRead count, ShopWindow window, IStringLocalizer<Words> words) : PageModel
{
    private const string ReaderCookie = "reader";
    private const int Suggested = 4;
    private const int LikersShown = 10;
    private const int MostSupporters = 50;

    public ArticleFacts Article { get; private set; } = null!;
    public AuthorCard Author { get; private set; } = null!;
    public IReadOnlyList<string> Likers { get; private set; } = [];
    public CommentPage Comments { get; private set; } = null!;
    public IReadOnlyList<ArticleCard> Suggestions { get; private set; } = [];
    public IReadOnlyList<CourseCard> Courses { get; private set; } = [];
    public bool Likes { get; private set; }
    public bool Follows { get; private set; }

    /// <summary>What was refused, to be put right.</summary>
    public CommentForm Form { get; private set; } = new();

    public long Me => shopper.UserId ?? 0;
    public bool IsSignedIn => shopper.IsSignedIn;
    public IReadOnlyList<Supporter> Supporters { get; private set; } = [];
    public int SupporterCount { get; private set; }

    /// <summary>Null for guests and for the author.</summary>
    public TipView? Tipping { get; private set; }
    public bool IsPublished => Article.Status == ArticleStatus.Published;
    public bool IsOwn => Article.AuthorId == shopper.UserId;
    public bool MayHide => IsOwn || User.MayModerate();

    public async Task<IActionResult> OnGetAsync(long id, int? comments, CancellationToken stop) => await LoadAsync(id, comments, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostLikeAsync(long id, bool likes, CancellationToken stop) =>
        shopper.UserId is { } user ? await ToAsync(id, await like.RunAsync(user, id, likes, stop), "", stop) : SignIn(id);

    public async Task<IActionResult> OnPostFollowAsync(long id, long author, bool follows, CancellationToken stop) =>
        shopper.UserId is { } user ? await ToAsync(id, await follow.RunAsync(user, author, follows, stop), "", stop) : SignIn(id);

    public async Task<IActionResult> OnPostCommentAsync(long id, CommentForm form, CancellationToken stop)
    {
        if (shopper.UserId is not { } user)
            return SignIn(id);
        var said = await leave.RunAsync(user, id, form.AnswerTo, form.Text, form.Key is { Length: > 0 and <= 64 } key ? key : NewKey(), stop);
        if (said is null)
            return NotFound();
        if (said.Refusal is null)
            return Redirect($"/articles/{id}?comments={await PageOfAsync(said.Value, stop)}#comment-{said.Value}");
        Form = form;
        return await ToAsync(id, (Outcome<Done>)said.Refusal, "", stop);
    }

    public Task<IActionResult> OnPostDeleteAsync(long id, long comment, CancellationToken stop) => ModerateAsync(id, comment, CommentFate.Delete, stop);

    public Task<IActionResult> OnPostHideAsync(long id, long comment, CancellationToken stop) => ModerateAsync(id, comment, CommentFate.Hide, stop);

    /// <summary>The page's script says that somebody has stayed for a while.</summary>
    public async Task<IActionResult> OnPostReadAsync(long id, CancellationToken stop)
    {
        if (!Robots.IsRobot(Request.Headers.UserAgent))
            await count.RunAsync(id, shopper.UserId, shopper.UserId is { } user ? $"user {user}" : Guest(), stop);
        return new NoContentResult();
    }

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private RedirectResult SignIn(long id) => Redirect($"/account/sign-in?returnUrl={Uri.EscapeDataString($"/articles/{id}")}");

    private async Task<IActionResult> ModerateAsync(long id, long comment, CommentFate fate, CancellationToken stop)
    {
        if (shopper.UserId is not { } user)
            return SignIn(id);
        if (!await moderate.RunAsync(new(user, User.MayModerate()), comment, fate, stop))
            return NotFound();
        TempData["Flash"] = fate == CommentFate.Delete ? words["评论已删除"].Value : words["评论已隐藏"].Value;
        return Redirect($"/articles/{id}#comments");
    }

    /// <summary>Back to the article, or once more with what stands against it.</summary>
    private async Task<IActionResult> ToAsync(long id, Outcome<Done>? done, string anchor, CancellationToken stop)
    {
        if (done is null)
            return NotFound();
        if (done.Refusal is not { } why)
            return Redirect($"/articles/{id}{anchor}");
        ModelState.AddModelError("", words.Say(why));
        return await LoadAsync(id, null, stop) ? Page() : NotFound();
    }

    private string Guest()
    {
        if (Request.Cookies[cookies.Name(ReaderCookie)] is { Length: 32 } known && known.All(char.IsAsciiHexDigit))
            return known;
        var key = NewKey();
        Response.Cookies.Append(cookies.Name(ReaderCookie), key, cookies.Options(TimeSpan.FromDays(1)));
        return key;
    }

    private async Task<bool> LoadAsync(long id, int? page, CancellationToken stop)
    {
        var found = await db.Articles.OpenTo(shopper.UserId, User.MayModerate()).Where(article => article.Id == id).Select(article => new ArticleFacts(
            article.Id, article.AuthorId, article.Title, article.Text, article.Summary,
            db.Notebooks.Where(notebook => notebook.Id == article.NotebookId).Select(notebook => notebook.Name).FirstOrDefault(), article.NotebookId,
            article.Status, article.WithdrawReason, article.PublishedAt, article.WordCount, article.Reads, article.Likes, article.Comments)).FirstOrDefaultAsync(stop);
        if (found is null)
            return false;

        Article = found;
        Author = (await db.ReadAuthorAsync(found.AuthorId, stop))!;
        Comments = await db.ReadCommentsAsync(id, page ?? 1, stop);
        Likers = await (from like in db.ArticleLikes where like.ArticleId == id orderby like.Id descending join user in db.Users on like.UserId equals user.Id select user.Nickname == "" ? user.UserName! : user.Nickname).Take(LikersShown).ToListAsync(stop);
        Suggestions = await db.ReadSuggestionsAsync(id, found.AuthorId, found.NotebookId, Suggested, stop);
        var named = await db.ArticleCourses.Where(about => about.ArticleId == id).OrderBy(about => about.CourseId).Select(about => about.CourseId).ToListAsync(stop);
        var view = await window.LookAsync(stop);
        Courses = [.. named.Select(view.Find).OfType<WindowCourse>().Select(course => course.Card)];
        if (shopper.UserId is { } me)
        {
            Likes = await db.ArticleLikes.AnyAsync(like => like.ArticleId == id && like.UserId == me, stop);
            Follows = await db.AuthorFollows.AnyAsync(follow => follow.AuthorId == found.AuthorId && follow.FollowerId == me, stop);
        }

        await LoadSupportersAsync(id, stop);
        return true;
    }

    private async Task LoadSupportersAsync(long id, CancellationToken stop)
    {
        var given = db.Tips.AsNoTracking().Given().Where(tip => tip.ArticleId == id);
        SupporterCount = await given.Select(tip => tip.UserId).Distinct().CountAsync(stop);
        Supporters = await given.OrderByDescending(tip => tip.PaidAt).ThenByDescending(tip => tip.Id).Take(MostSupporters).Select(tip => new Supporter(
            tip.IsAnonymous ? null : db.Users.Where(user => user.Id == tip.UserId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First(), tip.Amount, tip.Message, tip.PaidAt!.Value)).ToListAsync(stop);
        if (IsPublished && !IsOwn && shopper.UserId is { } reader)
            Tipping = await TipView.NewAsync(db, reader, id, Author.Name, stop);
    }

    private async Task<int> PageOfAsync(long commentId, CancellationToken stop)
    {
        var comment = await db.Comments.Where(comment => comment.Id == commentId).Select(comment => new { comment.ArticleId, Top = comment.ParentId ?? comment.Id }).SingleAsync(stop);
        return await db.PageOfCommentAsync(comment.ArticleId, comment.Top, stop);
    }
}

/// <summary>What a comment's form carries.</summary>
public sealed record CommentForm
{
    public long? AnswerTo { get; init; }
    public string? Text { get; init; }
    public string? Key { get; init; }
}

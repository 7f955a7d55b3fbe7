using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Articles;

public sealed record ArticleFacts(
    long Id, long AuthorId, string Title, string Text, string Summary, string? Notebook, long? NotebookId, ArticleStatus Status, string? WithdrawReason,
    DateTimeOffset? PublishedAt, DateTimeOffset ChangedAt, int Words, int Reads, int Likes, int Comments);

/// <summary>A tip as readers see it; without a name it is anonymous.</summary>
public sealed record Supporter(string? Name, Money Amount, string Message, DateTimeOffset At);

public sealed class ArticleModel(ShopDb db, CurrentShopper shopper) : PageModel
{
    private const int MostSupporters = 50;

    public ArticleFacts Article { get; private set; } = null!;
    public AuthorCard Author { get; private set; } = null!;
    public IReadOnlyList<Supporter> Supporters { get; private set; } = [];
    public int SupporterCount { get; private set; }

    /// <summary>Null for guests and for the author.</summary>
    public TipView? Tipping { get; private set; }
    public bool IsPublished => Article.Status == ArticleStatus.Published;
    public bool IsOwn => Article.AuthorId == shopper.UserId;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

    private async Task LoadSupportersAsync(long id, CancellationToken stop)
    {
        var given = db.Tips.AsNoTracking().Given().Where(tip => tip.ArticleId == id);
        SupporterCount = await given.Select(tip => tip.UserId).Distinct().CountAsync(stop);
        Supporters = await given.OrderByDescending(tip => tip.PaidAt).ThenByDescending(tip => tip.Id).Take(MostSupporters).Select(tip => new Supporter(
            tip.IsAnonymous ? null : db.Users.Where(user => user.Id == tip.UserId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First(), tip.Amount, tip.Message, tip.PaidAt!.Value)).ToListAsync(stop);
        if (IsPublished && !IsOwn && shopper.UserId is { } reader)
            Tipping = await TipView.NewAsync(db, reader, id, Author.Name, stop);
    }

    private async Task<bool> LoadAsync(long id, CancellationToken stop)
    {
        var found = await db.Articles.OpenTo(shopper.UserId, shopper.IsStaff).Where(article => article.Id == id).Select(article => new ArticleFacts(
            article.Id, article.AuthorId, article.Title, article.Text, article.Summary,
            db.Notebooks.Where(notebook => notebook.Id == article.NotebookId).Select(notebook => notebook.Name).FirstOrDefault(), article.NotebookId,
            article.Status, article.WithdrawReason, article.PublishedAt, article.ChangedAt, article.WordCount, article.Reads, article.Likes, article.Comments)).FirstOrDefaultAsync(stop);
        if (found is null)
            return false;
        Article = found;
        Author = await db.ReadAuthorAsync(found.AuthorId, stop) ?? throw new InvalidOperationException($"Article {id} has no author.");
        await LoadSupportersAsync(id, stop);
        return true;
    }
}

using CourseShop.Accounts;
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

public sealed class ArticleModel(ShopDb db, CurrentShopper shopper) : PageModel
{
    public ArticleFacts Article { get; private set; } = null!;
    public AuthorCard Author { get; private set; } = null!;
    public bool IsPublished => Article.Status == ArticleStatus.Published;
    public bool IsOwn => Article.AuthorId == shopper.UserId;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken stop) => await LoadAsync(id, stop) ? Page() : NotFound();

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
        return true;
    }
}

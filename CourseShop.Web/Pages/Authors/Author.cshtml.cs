using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Authors;

public sealed record NotebookRow(long Id, string Name, int Articles);

/// <summary>An author's page; nobody has one before the first article is published.</summary>
public sealed class AuthorModel(ShopDb db, CurrentShopper shopper, FollowAuthor follow, IStringLocalizer<Words> words) : PageModel
{
    private const int PageSize = 20;

    public AuthorCard Author { get; private set; } = null!;
    public IReadOnlyList<NotebookRow> Notebooks { get; private set; } = [];
    public NotebookRow? Notebook { get; private set; }
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];
    public int Number { get; private set; }
    public int LastPage { get; private set; }
    public bool Follows { get; private set; }
    public bool IsSignedIn => shopper.IsSignedIn;
    public bool IsOwn => shopper.UserId == Author.Id;

    public async Task<IActionResult> OnGetAsync(long id, long? notebook, [FromQuery(Name = "page")] int? number, CancellationToken stop) => await LoadAsync(id, notebook, number ?? 1, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostFollowAsync(long id, bool follows, CancellationToken stop)
    {
        if (shopper.UserId is not { } user)
            return Redirect($"/account/sign-in?returnUrl={Uri.EscapeDataString($"/authors/{id}")}");
        var done = await follow.RunAsync(user, id, follows, stop);
        if (done is null)
            return NotFound();
        if (done.Refusal is not { } why)
            return Redirect($"/authors/{id}");
        ModelState.AddModelError("", words.Say(why));
        return await LoadAsync(id, null, 1, stop) ? Page() : NotFound();
    }

    public string Link(long? notebook, int page) => $"/authors/{Author.Id}" + ((notebook, page) switch
    {
        (null, <= 1) => "",
        (null, _) => $"?page={page}",
        (_, <= 1) => $"?notebook={notebook}",
        _ => $"?notebook={notebook}&page={page}",
    });

    private async Task<bool> LoadAsync(long id, long? notebook, int page, CancellationToken stop)
    {
        if (await db.ReadAuthorAsync(id, stop) is not { Articles: > 0 } author)
            return false;
        Author = author;
        var published = db.Articles.Published().WrittenBy(id);
        Notebooks = await db.Notebooks.Where(row => row.AuthorId == id && published.Any(article => article.NotebookId == row.Id)).OrderBy(row => row.Name)
            .Select(row => new NotebookRow(row.Id, row.Name, published.Count(article => article.NotebookId == row.Id))).ToListAsync(stop);
        Notebook = Notebooks.FirstOrDefault(row => row.Id == notebook);
        var chosen = Notebook is { } only ? published.Where(article => article.NotebookId == only.Id) : published;
        LastPage = Math.Max(1, ((Notebook?.Articles ?? author.Articles) + PageSize - 1) / PageSize);
        Number = Math.Clamp(page, 1, LastPage);
        Articles = await db.ReadCardsAsync(chosen.Newest().Skip((Number - 1) * PageSize).Take(PageSize), stop);
        Follows = shopper.UserId is { } me && await db.AuthorFollows.AnyAsync(row => row.AuthorId == id && row.FollowerId == me, stop);
        return true;
    }
}

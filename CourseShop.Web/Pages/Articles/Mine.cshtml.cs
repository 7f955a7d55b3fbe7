using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Articles;

public sealed record MineRow(long Id, string Title, ArticleStatus Status, string? WithdrawReason, bool WasPublished, DateTimeOffset ChangedAt, int Words, int Reads, int Likes, int Comments);

/// <summary>我的文章: everything one wrote, the latest change first, and the card that readers see.</summary>
public sealed class MineModel(ShopDb db, CurrentShopper shopper, WithdrawArticle withdraw, DiscardDraft discard, SaveAuthorCard saveCard, IStringLocalizer<Words> words) : PageModel
{
    private const int PageSize = 20;

    public AuthorCard Author { get; private set; } = null!;
    public IReadOnlyList<MineRow> Articles { get; private set; } = [];
    public int Number { get; private set; }
    public int LastPage { get; private set; }
    public string? PenName { get; private set; }
    public string? Motto { get; private set; }

    public Task OnGetAsync([FromQuery(Name = "page")] int? number, CancellationToken stop) => LoadAsync(number ?? 1, stop);

    public async Task<IActionResult> OnPostWithdrawAsync(long article, CancellationToken stop) =>
        Told(await withdraw.RunAsync(shopper.Id, article, stop), words["文章已撤回，读者看不到了"]);

    public async Task<IActionResult> OnPostDiscardAsync(long article, CancellationToken stop) =>
        Told(await discard.RunAsync(shopper.Id, article, stop), words["草稿已删除"]);

    public async Task<IActionResult> OnPostCardAsync(string? penName, string? motto, CancellationToken stop)
    {
        var saved = await saveCard.RunAsync(shopper.Id, penName, motto, stop);
        if (saved.Refusal is not { } why)
            return Told(true, words["名片已保存"]);
        ModelState.AddModelError("", words.Say(why));
        await LoadAsync(1, stop);
        (PenName, Motto) = (penName, motto);
        return Page();
    }

    private IActionResult Told(bool isDone, string word)
    {
        if (!isDone)
            return NotFound();
        TempData["Flash"] = word;
        return Redirect("/articles/mine");
    }

    private async Task LoadAsync(int page, CancellationToken stop)
    {
        Author = (await db.ReadAuthorAsync(shopper.Id, stop))!;
        var user = await db.Users.Where(user => user.Id == shopper.Id).Select(user => new { user.Nickname, user.Motto }).SingleAsync(stop);
        (PenName, Motto) = (user.Nickname, user.Motto);
        var mine = db.Articles.WrittenBy(shopper.Id);
        LastPage = Math.Max(1, (await mine.CountAsync(stop) + PageSize - 1) / PageSize);
        Number = Math.Clamp(page, 1, LastPage);
        Articles = await mine.OrderByDescending(article => article.ChangedAt).ThenByDescending(article => article.Id).Skip((Number - 1) * PageSize).Take(PageSize).Select(article => new MineRow(
            article.Id, article.Title, article.Status, article.WithdrawReason, article.PublishedAt != null, article.ChangedAt, article.WordCount, article.Reads, article.Likes, article.Comments)).ToListAsync(stop);
    }
}

using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Wallet;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Articles;

/// <summary>What stands in the form of a tip; the same on its page and in the article's dialog.</summary>
public sealed record TipView(long ArticleId, string Author, Money Balance, string Key, TipInput Input)
{
    public static readonly IReadOnlyList<int> Offers = [2, 5, 10, 20, 50, 100];

    /// <summary>An untouched form.</summary>
    public static async Task<TipView> NewAsync(ShopDb db, long userId, long articleId, string author, CancellationToken stop) =>
        new(articleId, author, await db.WalletEntries.OwnedBy(userId).SumAsync(stop), AmountForm.NewKey(), new());
}

/// <summary>What the form sends.</summary>
public sealed record TipInput
{
    public string? Choice { get; init; } = "5";
    public string? Own { get; init; }
    public string? Message { get; init; }
    public bool Anonymous { get; init; }
    public string? Channel { get; init; }
    public string? Key { get; init; }

    public PaymentChannel Method => Channel == nameof(PaymentChannel.Balance) ? PaymentChannel.Balance : PaymentChannel.Alipay;

    /// <summary>What the verb takes; null where no form of ours has sent it.</summary>
    public TipForm? Form => new AmountForm(Choice, Own, Key) is { HasKey: true } amount ? new(amount.Typed, Message, Anonymous, Method, Key!) : null;
}

/// <summary>赞赏支持 on a page of its own.</summary>
public sealed class TipModel(ShopDb db, CurrentShopper shopper, LeaveTip leave, IStringLocalizer<Words> words) : PageModel
{
    public TipView View { get; private set; } = null!;
    public string Title { get; private set; } = "";

    public Task<IActionResult> OnGetAsync(long id, CancellationToken stop) => ShowAsync(id, new(), stop);

    public async Task<IActionResult> OnPostAsync(long id, TipInput input, CancellationToken stop)
    {
        ModelState.Clear();
        if (input.Form is not { } form)
            return await ShowAsync(id, input, stop);
        var left = await leave.RunAsync(shopper.Id, id, form, stop);
        if (left is null)
            return NotFound();
        if (left.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            return await ShowAsync(id, input, stop);
        }

        return Redirect($"/tips/{left.Value!.Number}");
    }

    private async Task<IActionResult> ShowAsync(long id, TipInput input, CancellationToken stop)
    {
        var article = await db.Articles.Published().Where(article => article.Id == id).Select(article => new { article.AuthorId, article.Title }).SingleOrDefaultAsync(stop);
        if (article is null)
            return NotFound();
        if (article.AuthorId == shopper.Id && ModelState.IsValid)
            ModelState.AddModelError("", words["自己的文章不能自己赞赏"].Value);
        Title = article.Title;
        var author = await db.Users.Where(user => user.Id == article.AuthorId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).SingleAsync(stop);
        var untouched = await TipView.NewAsync(db, shopper.Id, id, author, stop);
        View = untouched with { Input = input, Key = input.Form is null ? untouched.Key : input.Key! };
        return Page();
    }
}

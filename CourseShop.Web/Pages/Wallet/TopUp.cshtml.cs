using System.Security.Cryptography;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Wallet;

/// <summary>What the form sends: one of the amounts offered, or one of one's own.</summary>
public sealed record AmountForm(string? Choice, string? Own, string? Key)
{
    /// <summary>What is typed counts more than what is ticked.</summary>
    public string? Typed => string.IsNullOrWhiteSpace(Own) ? Choice : Own;

    public bool HasKey => Key is { Length: 32 } && Key.All(char.IsAsciiHexDigit);

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

/// <summary>充值: how much.</summary>
public sealed class TopUpModel(ShopDb db, CurrentShopper shopper, StartTopUp start, IStringLocalizer<Words> words) : PageModel
{
    public static readonly IReadOnlyList<int> Offers = [20, 50, 100, 200, 500];

    public AmountForm Form { get; private set; } = new("100", null, null);
    public string Key { get; private set; } = AmountForm.NewKey();
    public Money Balance { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(stop);

    public async Task<IActionResult> OnPostAsync(AmountForm form, CancellationToken stop)
    {
        ModelState.Clear();
        Form = form;
        if (form.HasKey)
        {
            var started = await start.RunAsync(shopper.Id, form.Typed, form.Key!, stop);
            if (started.Refusal is null)
                return Redirect($"/wallet/top-up/{started.Value}");
            ModelState.AddModelError("", words.Say(started.Refusal));
            Key = form.Key!;
        }

        await LoadAsync(stop);
        return Page();
    }

    private async Task LoadAsync(CancellationToken stop) => Balance = await db.WalletEntries.OwnedBy(shopper.Id).SumAsync(stop);
}

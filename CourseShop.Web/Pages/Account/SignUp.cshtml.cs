using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Account;

public sealed class SignUpModel(SignUp signUp, CurrentShopper shopper, AdoptGuestCart adoptGuestCart, IStringLocalizer<Words> words)
    : EntryPage(shopper, adoptGuestCart, words)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Goal) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var name = Read(nameof(Name), UserName.Read(Name));
        var email = string.IsNullOrWhiteSpace(Email) ? null : Read(nameof(Email), EmailAddress.Read(Email));
        var password = Read(nameof(Password), NewPassword.Read(Password, Name));
        if (!ModelState.IsValid || name is null || password is null)
            return Page();

        var made = await signUp.RunAsync(name, email, password, stop);
        return made.Refusal is { } why ? Refuse(nameof(Name), why) : await EnterAsync(made.Value, stop);
    }

    private T? Read<T>(string field, Outcome<T> read) where T : class
    {
        if (read.Refusal is { } why)
            Refuse(field, why);
        return read.Value;
    }
}

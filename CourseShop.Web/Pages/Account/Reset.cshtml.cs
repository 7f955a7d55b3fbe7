using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Account;

/// <summary>Where a one-time link leads: choose a new password.</summary>
public sealed class ResetModel(ResetPassword resetPassword, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "user")]
    public string? UserName { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public bool HasLink => !string.IsNullOrEmpty(UserName) && !string.IsNullOrEmpty(Token);

    public void OnGet() => Response.Headers.CacheControl = "no-store";

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var password = NewPassword.Read(Password, UserName);
        if (password.Value is not { } chosen)
            return Refuse(nameof(Password), password.Refusal!);

        var reset = await resetPassword.RunAsync(UserName, Token, chosen, stop);
        if (reset.Refusal is { } why)
            return Refuse("", why);
        TempData["Flash"] = words["新密码已经生效，其他设备上的登录都已退出。请登录。"].Value;
        return LocalRedirect("/account/sign-in");
    }

    private PageResult Refuse(string field, Refusal why)
    {
        ModelState.AddModelError(field, words.Say(why));
        return Page();
    }
}

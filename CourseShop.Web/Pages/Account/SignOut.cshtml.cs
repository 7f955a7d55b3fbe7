using CourseShop.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CourseShop.Pages.Account;

public sealed class SignOutModel(SignOut signOut) : PageModel
{
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        await signOut.RunAsync(stop);
        return LocalRedirect("/");
    }
}

using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Account;

public sealed class SignInModel(SignIn signIn, SignInLimit limit, CurrentShopper shopper, AdoptGuestCart adoptGuestCart, IStringLocalizer<Words> words)
    : EntryPage(shopper, adoptGuestCart, words)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public bool Remember { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Goal) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        var address = HttpContext.Connection.RemoteIpAddress;
        if (await limit.WaitAsync(address) is { } wait)
        {
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var done = await signIn.RunAsync(Name, Password, Remember, stop);
        if (done.Refusal is not { } why)
            return await EnterAsync(done.Value, stop);
        await limit.CountWrongAsync(address);
        return Refuse("", why);
    }
}

using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Account;

/// <summary>What signing in and signing up share: the guest's cart comes along, and then one goes on where one wanted to go.</summary>
public abstract class EntryPage(CurrentShopper shopper, AdoptGuestCart adoptGuestCart, IStringLocalizer<Words> words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Only a place in this shop.</summary>
    public string Goal => LocalPath.Read(ReturnUrl) ?? "/";

    /// <summary>The goal for a link to the other entry; the front page needs none.</summary>
    public string? Onward => Goal == "/" ? null : Goal;

    protected async Task<IActionResult> EnterAsync(long userId, CancellationToken stop)
    {
        if (shopper.GuestKey is { } guestKey)
        {
            await adoptGuestCart.RunAsync(guestKey, userId, stop);
            shopper.ForgetGuestCart();
        }

        return LocalRedirect(Goal);
    }

    /// <summary>Puts a refusal beside a field, or above the form for no field.</summary>
    protected PageResult Refuse(string field, Refusal why)
    {
        ModelState.AddModelError(field, words.Say(why));
        return Page();
    }
}

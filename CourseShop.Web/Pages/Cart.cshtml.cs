using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages;

public sealed class CartModel(CurrentShopper shopper, ReadCart read, ChangeCart change, IStringLocalizer<Words> words) : PageModel
{
    public CartView View { get; private set; } = null!;

    public bool AreAllSelected => View.Rows.All(row => row.IsSelected || row.Obstacle is not null) && View.Selection.Lines.Count > 0;

    public async Task OnGetAsync(CancellationToken stop) => View = await read.RunAsync(shopper.CartOwner, stop);

    /// <summary>A tick, a term, a row taken out.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] CartForm form, CancellationToken stop)
    {
        await SaveAsync(form, stop);
        return Redirect("/cart");
    }

    /// <summary>去结算, with whatever is ticked at that moment.</summary>
    public async Task<IActionResult> OnPostCheckoutAsync([FromForm] CartForm form, CancellationToken stop)
    {
        await SaveAsync(form, stop);
        View = await read.RunAsync(shopper.CartOwner, stop);
        if (View.Selection.Lines.Count > 0)
            return Redirect("/checkout");
        ModelState.AddModelError("", words["请先勾选要买的课程"]);
        return Page();
    }

    private async Task SaveAsync(CartForm form, CancellationToken stop)
    {
        if (shopper.CartOwner.IsNobody)
            return;
        var selected = form.All == form.WereAll ? form.Selected : form.All ? (await read.RunAsync(shopper.CartOwner, stop)).Rows.Where(row => row.Obstacle is null).Select(row => row.Line.CourseId).ToArray() : [];
        await change.RunAsync(shopper.CartOwner, new CartChange(selected, form.Terms, form.Remove is { } removed ? [removed] : []), stop);
    }
}

/// <summary>What the cart's form carries; what can't be read is left out.</summary>
public sealed record CartForm
{
    public long[] Selected { get; init; } = [];
    public IReadOnlyDictionary<long, long> Terms { get; init; } = new Dictionary<long, long>();
    public long? Remove { get; init; }
    public bool All { get; init; }
    public bool WereAll { get; init; }
}

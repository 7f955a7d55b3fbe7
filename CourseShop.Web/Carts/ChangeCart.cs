using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;

namespace CourseShop.Carts;

/// <summary>What the cart page sends: which rows are selected, which terms are chosen, which row goes.</summary>
/// <param name="Selected">The courses that are ticked; rows not named here are not selected.</param>
/// <param name="Terms">Course → term, for rows whose term was chosen.</param>
/// <param name="Remove">Courses to take out.</param>
public sealed record CartChange(IReadOnlyCollection<long> Selected, IReadOnlyDictionary<long, long> Terms, IReadOnlyCollection<long> Remove);

/// <summary>Brings the cart to what its page shows.</summary>
public sealed class ChangeCart(ShopWriter writer, TimeProvider clock)
{
    public Task<Outcome<Done>> RunAsync(CartOwner owner, CartChange change, CancellationToken stop) =>
        writer.RunAsync((db, token) => ChangeAsync(db, owner, change, token), stop);

    private async Task<Outcome<Done>> ChangeAsync(ShopDb db, CartOwner owner, CartChange change, CancellationToken stop)
    {
        await db.TakeTurnAsync(owner, stop);
        var now = clock.GetUtcNow();
        var cart = await db.CartForWritingAsync(owner, stop);
        var prices = await db.TermPricesAsync(change.Terms.Keys, now, stop);
        cart.Remove(change.Remove, now);
        cart.Select(change.Selected, now);
        foreach (var item in cart.Items)
        {
            if (change.Terms.TryGetValue(item.CourseId, out var term) && term != item.TermId && prices.TryGetValue((item.CourseId, term), out var price))
                item.Choose(term, price);
        }

        await db.SaveChangesAsync(stop);
        return new Done();
    }
}

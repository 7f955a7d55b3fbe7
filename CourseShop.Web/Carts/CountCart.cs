using CourseShop.Accounts;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

/// <summary>How many courses wait in a cart: the number in the header.</summary>
public sealed class CountCart(ShopDb db)
{
    public async Task<int> RunAsync(CartOwner owner, CancellationToken stop) =>
        owner.IsNobody ? 0 : await db.Carts.OwnedBy(owner).SelectMany(cart => cart.Items).CountAsync(stop);
}

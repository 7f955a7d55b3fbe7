using CourseShop.Accounts;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Carts;

/// <summary>How many courses wait in a cart: the number in the header.</summary>
public sealed class CountCart(ShopDb db, CartCountQueries queries)
{
    public async Task<int> RunAsync(CartOwner owner, CancellationToken stop) => owner switch
    {
        { UserId: { } userId } => await queries.OfUser(db, userId, stop),
        { GuestKey: { } key } => await queries.OfGuest(db, key, stop),
        _ => 0,
    };
}

/// <summary>Asked with every page of everybody who is known: worked out once.</summary>
public sealed class CartCountQueries
{
    internal Func<ShopDb, long, CancellationToken, Task<int>> OfUser { get; } = EF.CompileAsyncQuery((ShopDb db, long userId, CancellationToken stop) =>
        db.Carts.Where(cart => cart.UserId == userId).SelectMany(cart => cart.Items).Count());

    internal Func<ShopDb, string, CancellationToken, Task<int>> OfGuest { get; } = EF.CompileAsyncQuery((ShopDb db, string key, CancellationToken stop) =>
        db.Carts.Where(cart => cart.GuestKey == key).SelectMany(cart => cart.Items).Count());
}

using CourseShop.Accounts;

namespace CourseShop.Carts;

public static class CartScopes
{
    public static IQueryable<Cart> OwnedBy(this IQueryable<Cart> carts, CartOwner owner) =>
        owner.UserId is { } user ? carts.Where(cart => cart.UserId == user)
        : owner.GuestKey is { } key ? carts.Where(cart => cart.GuestKey == key)
        : carts.Where(cart => false);
}

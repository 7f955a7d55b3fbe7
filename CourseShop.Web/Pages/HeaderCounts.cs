using CourseShop.Accounts;
using CourseShop.Data;

namespace CourseShop.Pages;

/// <summary>The numbers in the header of every page: how many courses wait in the cart, and how many notices have not been seen.</summary>
public sealed class HeaderCounts(Lazy<ShopDb> db)
{
    /// <summary>As <see cref="Carts.CartScopes.OwnedBy"/> and <see cref="Messaging.NoticeScopes.Unseen"/> say.</summary>
    private static readonly KeptQuestion OfUser = new("""
        SELECT (SELECT COUNT(*) FROM "Carts" AS c JOIN "CartItems" AS i ON i."CartId" = c."Id" WHERE c."UserId" = @user),
               (SELECT COUNT(*) FROM "Notices" WHERE "UserId" = @user AND "SeenAt" IS NULL)
        """, "@user");

    private static readonly KeptQuestion OfGuest = new("""SELECT COUNT(*) FROM "Carts" AS c JOIN "CartItems" AS i ON i."CartId" = c."Id" WHERE c."GuestKey" = @key""", "@key");

    public async ValueTask<HeaderNumbers> ReadAsync(CartOwner owner, CancellationToken stop) => owner switch
    {
        { UserId: { } userId } => await OfUser.AskAsync(db.Value, row => new HeaderNumbers((int)row.GetInt64(0), (int)row.GetInt64(1)), stop, userId),
        { GuestKey: { } key } => await OfGuest.AskAsync(db.Value, row => new HeaderNumbers((int)row.GetInt64(0), 0), stop, key),
        _ => new HeaderNumbers(0, 0),
    };
}

public sealed record HeaderNumbers(int InCart, int Unseen);

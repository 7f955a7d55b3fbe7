using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;

namespace CourseShop.Accounts;

/// <summary>Whose cart, whichever kind of person it is.</summary>
/// <param name="UserId">Signed in.</param>
/// <param name="GuestKey">Not signed in, and has begun a cart.</param>
public sealed record CartOwner(long? UserId, string? GuestKey)
{
    public bool IsNobody => UserId is null && GuestKey is null;
}

/// <summary>Who sends this request.</summary>
public sealed class CurrentShopper(IHttpContextAccessor accessor, ShopCookies cookies)
{
    public const string CartCookie = "cart";

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    public bool IsSignedIn => Context.User.Identity?.IsAuthenticated == true;

    public bool IsStaff => Roles.Staff.Split(',').Any(Context.User.IsInRole);

    public bool IsAuthor => Context.User.IsInRole(Roles.Author);

    public string Name => Context.User.Identity?.Name ?? "";

    public long? UserId => long.TryParse(Context.User.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Which sign-in this is: the key of its <see cref="SignInSession"/>.</summary>
    public string? SessionKey => Context.User.FindFirstValue(SignInSession.Claim);

    /// <summary>For pages that only signed-in people reach.</summary>
    public long Id => UserId ?? throw new InvalidOperationException("This page asks for a signed-in shopper.");

    public CartOwner CartOwner => new(UserId, UserId is null ? GuestKey : null);

    /// <summary>The guest's cart key, whether or not somebody is signed in by now.</summary>
    public string? GuestKey => Context.Request.Cookies[cookies.Name(CartCookie)] is { Length: 32 } key && key.All(char.IsAsciiHexDigit) ? key : null;

    /// <summary>The owner of the cart that something is put into now; gives a guest a key.</summary>
    public CartOwner BeginCart()
    {
        if (!CartOwner.IsNobody)
            return CartOwner;
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Context.Response.Cookies.Append(cookies.Name(CartCookie), key, cookies.Options(TimeSpan.FromDays(180)));
        return new CartOwner(null, key);
    }

    public void ForgetGuestCart() => Context.Response.Cookies.Delete(cookies.Name(CartCookie), cookies.Options(null));
}

namespace CourseShop.Accounts;

/// <summary>How the shop's cookies are named and kept: host-only and secure in Production.</summary>
public sealed class ShopCookies(IHostEnvironment environment)
{
    /// <summary>The cookie of who is signed in.</summary>
    public const string Session = "session";

    public bool AreSecure => environment.IsProduction();

    public string Name(string name) => AreSecure ? $"__Host-{name}" : name;

    public CookieOptions Options(TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = AreSecure,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}

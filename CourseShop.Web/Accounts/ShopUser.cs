using Microsoft.AspNetCore.Identity;

namespace CourseShop.Accounts;

/// <summary>Somebody with an account: shopper, author or staff.</summary>
public sealed class ShopUser : IdentityUser<long>
{
    /// <summary>Shown to others; empty means the user name.</summary>
    public string Nickname { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The roles of staff. Shoppers need none; authors write articles.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Finance = "finance";
    public const string Editor = "editor";
    public const string Support = "support";
    public const string Author = "author";

    /// <summary>Everybody who may enter the back office.</summary>
    public const string Staff = $"{Admin},{Finance},{Editor},{Support}";

    public static IReadOnlyList<string> All { get; } = [Admin, Finance, Editor, Support, Author];
}

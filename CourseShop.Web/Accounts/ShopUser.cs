using System.Security.Cryptography;
using CourseShop.Common;
using Microsoft.AspNetCore.Identity;

namespace CourseShop.Accounts;

/// <summary>Somebody with an account: shopper, author or staff.</summary>
public sealed class ShopUser : IdentityUser<long>
{
    /// <summary>Shown to others; empty means the user name.</summary>
    public string Nickname { get; set; } = "";

    /// <summary>座右铭: a sentence that stands on one's card; may be empty.</summary>
    public string Motto { get; set; } = "";

    /// <summary>支付宝账户: the sign-in name that withdrawals go to; empty until its owner says it.</summary>
    public string AlipayAccount { get; set; } = "";

    /// <summary>The real name that Alipay knows that account by.</summary>
    public string AlipayName { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Somebody new. Without a password nobody can sign in: it is chosen by a one-time link.</summary>
    public static ShopUser New(UserName name, EmailAddress? email, string? passwordHash, DateTimeOffset now) => new()
    {
        UserName = name.Text,
        NormalizedUserName = name.Key,
        Email = email?.Text,
        NormalizedEmail = email?.Key,
        PasswordHash = passwordHash,
        SecurityStamp = NewStamp(),
        LockoutEnabled = true,
        CreatedAt = now,
    };

    public bool IsLockedOut(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>One more wrong password; the last one that is allowed locks the account for a while.</summary>
    public void CountWrongPassword(DateTimeOffset now)
    {
        AccessFailedCount++;
        if (AccessFailedCount < SignInRules.WrongPasswordsAllowed)
            return;
        AccessFailedCount = 0;
        LockoutEnd = now + SignInRules.LockoutTime;
    }

    public void ForgiveWrongPasswords()
    {
        AccessFailedCount = 0;
        LockoutEnd = null;
    }

    /// <summary>A new password makes every link and every cookie of before worthless.</summary>
    public void ChangePassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        RenewStamp();
        ForgiveWrongPasswords();
    }

    /// <summary>What the account may do has changed: cookies and links of before don't count any more.</summary>
    public void RenewStamp() => SecurityStamp = NewStamp();

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
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

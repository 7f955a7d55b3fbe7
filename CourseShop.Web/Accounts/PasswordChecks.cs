using Microsoft.AspNetCore.Identity;

namespace CourseShop.Accounts;

/// <summary>Compares passwords, and takes as long over a name that nobody has as over one that somebody has.</summary>
public sealed class PasswordChecks(IPasswordHasher<ShopUser> hasher)
{
    private readonly string _nobodysHash = hasher.HashPassword(new ShopUser(), Guid.NewGuid().ToString());

    public string Hash(NewPassword password) => hasher.HashPassword(new ShopUser(), password.Text);

    /// <summary>Whether the password is this user's; and its hash of today's strength, where the kept one is weaker.</summary>
    public (bool IsRight, string? StrongerHash) Check(ShopUser? user, string password)
    {
        var isPlausible = password.Length <= NewPassword.Longest; // a longer one is nobody's
        var result = hasher.VerifyHashedPassword(user ?? new ShopUser(), user?.PasswordHash ?? _nobodysHash, isPlausible ? password : "");
        var isRight = user?.PasswordHash is not null && isPlausible && result != PasswordVerificationResult.Failed;
        return (isRight, isRight && result == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(user!, password) : null);
    }
}

using System.Text;
using CourseShop.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace CourseShop.Accounts;

/// <summary>One-time links by which a password is chosen. They name the shop's own address, never what a request says it is called.</summary>
public sealed class PasswordLinks(UserManager<ShopUser> users, ShopAddress address)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public async Task<string> MakeAsync(ShopUser user)
    {
        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));
        return $"{address.Public()}/account/reset?user={Uri.EscapeDataString(user.UserName!)}&token={token}";
    }

    /// <summary>Whether the token is this user's, in time and unused: a password set since makes it worthless.</summary>
    public async Task<bool> IsGoodAsync(ShopUser user, string token) =>
        TryDecode(token) is { } decoded && await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<ShopUser>.ResetPasswordTokenPurpose, decoded);

    private static string? TryDecode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.Security.Claims;
using CourseShop.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>The cookie that names a session, and what makes it good: the session is open here, and the account has not changed its locks.</summary>
public sealed class SessionCookie(SignInManager<ShopUser> signIn)
{
    /// <summary>Gives the browser the cookie of a session that begins.</summary>
    public Task GiveAsync(ShopUser user, SignInSession session, bool isRemembered) =>
        signIn.SignInWithClaimsAsync(user, new AuthenticationProperties { IsPersistent = isRemembered }, [new Claim(SignInSession.Claim, session.Key)]);

    public Task TakeBackAsync() => signIn.SignOutAsync();

    /// <summary>Asked on every request that carries the cookie: a copy of it is worth nothing once the session has ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return; // pictures and styles are the same for everybody
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is not { } principal || await IsOpenAsync(context.HttpContext, principal))
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Identity makes the principal anew from time to time: the session's key stays.</summary>
    public static Task KeepSessionAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(SignInSession.Claim) is { } claim)
            context.NewPrincipal?.Identities.First().AddClaim(claim.Clone());
        return Task.CompletedTask;
    }

    private static async Task<bool> IsOpenAsync(HttpContext context, ClaimsPrincipal principal)
    {
        var key = principal.FindFirstValue(SignInSession.Claim);
        var db = context.RequestServices.GetRequiredService<ShopDb>();
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return key is not null && await db.SignInSessions.Open(now).AnyAsync(session => session.Key == key, context.RequestAborted);
    }
}

using System.Security.Claims;
using CourseShop.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace CourseShop.Accounts;

/// <summary>The cookie that names a session, and what makes it good: the session is open here, and the account has not changed its locks.</summary>
public sealed class SessionCookie(SignInManager<ShopUser> signIn)
{
    /// <summary>As <see cref="SignInSessionScopes.Open"/> says.</summary>
    private static readonly KeptQuestion Open = new("""SELECT COUNT(*) FROM "SignInSessions" WHERE "Key" = @key AND "EndedAt" IS NULL AND "StartedAt" > @oldest""", "@key", "@oldest");

    /// <summary>Gives the browser the cookie of a session that begins.</summary>
    public Task GiveAsync(ShopUser user, SignInSession session, bool isRemembered) =>
        signIn.SignInWithClaimsAsync(user, new AuthenticationProperties { IsPersistent = isRemembered }, [new Claim(SignInSession.Claim, session.Key)]);

    public Task TakeBackAsync() => signIn.SignOutAsync();

    /// <summary>Asked on every request that carries the cookie: a copy of it is worth nothing once the session has ended.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return; // pictures and styles are the same for everybody
        if (IsDue(context))
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

    /// <summary>The validator asks the same, but it takes all of Identity to be made for it.</summary>
    private static bool IsDue(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        return context.Properties.IssuedUtc is not { } issued
            || services.GetRequiredService<TimeProvider>().GetUtcNow() - issued > services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval;
    }

    private static async Task<bool> IsOpenAsync(HttpContext context, ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue(SignInSession.Claim) is not { } key)
            return false;
        var services = context.RequestServices;
        var oldest = services.GetRequiredService<TimeProvider>().GetUtcNow() - SignInSession.LongestLife;
        return await Open.AskAsync(services.GetRequiredService<ShopDb>(), row => row.GetInt64(0) > 0, context.RequestAborted, key, oldest.ToUnixTimeMilliseconds());
    }
}

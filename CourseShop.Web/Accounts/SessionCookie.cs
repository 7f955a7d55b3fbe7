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
        var services = context.RequestServices;
        return principal.FindFirstValue(SignInSession.Claim) is { } key
            && await services.GetRequiredService<SessionQueries>().IsOpen(services.GetRequiredService<ShopDb>(), key, services.GetRequiredService<TimeProvider>().GetUtcNow() - SignInSession.LongestLife, context.RequestAborted);
    }
}

/// <summary>Asked with every request of everybody who has signed in: worked out once.</summary>
public sealed class SessionQueries
{
    /// <summary>Whether a session is open that began after an instant, as <see cref="SignInSessionScopes.Open"/> says.</summary>
    internal Func<ShopDb, string, DateTimeOffset, CancellationToken, Task<bool>> IsOpen { get; } = EF.CompileAsyncQuery((ShopDb db, string key, DateTimeOffset oldest, CancellationToken stop) =>
        db.SignInSessions.Any(session => session.Key == key && session.EndedAt == null && session.StartedAt > oldest));
}

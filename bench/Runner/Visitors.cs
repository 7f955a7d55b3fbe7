using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Bench;

/// <summary>
/// People who have signed in: their cookies, made with the keys that lie in the shop's data folder and a session in its database. Signing in through
/// the form would do the same and take a tenth of a second each.
/// </summary>
internal sealed class Visitors : IDisposable
{
    private const string Scheme = "Identity.Application";

    private readonly ServiceProvider _services;
    private readonly TicketDataFormat _tickets;
    private readonly string _database;

    public Visitors(string dataFolder)
    {
        _database = Path.Combine(dataFolder, "shop.db");
        var services = new ServiceCollection();
        services.AddLogging().AddAntiforgery(options => options.Cookie.Name = "__Host-antiforgery");
        services.AddDataProtection().SetApplicationName("CourseShop").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(dataFolder, "protection-keys")));
        _services = services.BuildServiceProvider();
        _tickets = new TicketDataFormat(_services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", Scheme, "v2"));
    }

    public void Dispose() => _services.Dispose();

    /// <summary>Cookie and token of somebody who has not signed in; nothing in them says who.</summary>
    public (string Cookie, string Token) Guest() => Antiforgery(new ClaimsPrincipal(new ClaimsIdentity()));

    public string CookieOf(string userName) => SignIn($"WHERE u.UserName = '{userName}'").Single().Cookie;

    /// <summary>Cookie and antiforgery token of everybody whom a condition names, one session each.</summary>
    public List<Visitor> SignIn(string condition, string more = "NULL, NULL, NULL")
    {
        using var books = Books.Open(_database);
        var people = Books.Rows(books, $"SELECT u.Id, u.UserName, u.SecurityStamp, (SELECT GROUP_CONCAT(r.Name) FROM AspNetUserRoles m JOIN AspNetRoles r ON r.Id = m.RoleId WHERE m.UserId = u.Id), {more} FROM AspNetUsers u {condition}");
        using var sessions = books.BeginTransaction();
        var visitors = people.ConvertAll(person =>
        {
            var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            Books.Run(books, $"INSERT INTO SignInSessions (Key, UserId, StartedAt) VALUES ('{session}', {person[0]}, {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()})");
            var principal = Principal(person, session);
            var (cookie, token) = Antiforgery(principal);
            return new Visitor((long)person[0], $"__Host-session={Ticket(principal)}; {cookie}", token, [.. person[4..].Select(value => value is long number ? number : 0)]);
        });
        sessions.Commit();
        return visitors;
    }

    private static ClaimsPrincipal Principal(object[] person, string session)
    {
        var identity = new ClaimsIdentity(Scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, Convert.ToString(person[0], CultureInfo.InvariantCulture)!));
        identity.AddClaim(new Claim(ClaimTypes.Name, (string)person[1]));
        identity.AddClaim(new Claim("AspNet.Identity.SecurityStamp", (string)person[2]));
        foreach (var role in (person[3] as string ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            identity.AddClaim(new Claim(ClaimTypes.Role, role));
        identity.AddClaim(new Claim("session", session));
        return new ClaimsPrincipal(identity);
    }

    private string Ticket(ClaimsPrincipal principal)
    {
        var now = DateTimeOffset.UtcNow;
        return _tickets.Protect(new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(14), IsPersistent = true }, Scheme));
    }

    private (string Cookie, string Token) Antiforgery(ClaimsPrincipal principal)
    {
        var context = new DefaultHttpContext { RequestServices = _services, User = principal };
        var tokens = _services.GetRequiredService<IAntiforgery>().GetTokens(context);
        return ($"__Host-antiforgery={tokens.CookieToken}", WebUtility.UrlEncode(tokens.RequestToken!));
    }
}

/// <param name="Id">The user.</param>
/// <param name="Cookie">All cookies.</param>
/// <param name="Token">For forms, as a form writes it.</param>
/// <param name="More">What else was asked of the database.</param>
internal sealed record Visitor(long Id, string Cookie, string Token, IReadOnlyList<long> More);

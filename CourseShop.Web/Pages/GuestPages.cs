using System.Globalization;
using System.IO.Compression;
using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Pages.Courses;
using CourseShop.Sharing;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;

namespace CourseShop.Pages;

/// <summary>
/// Keeps home and list for people of whom the shop knows nothing: no sign-in, no cart, no message. One entry per language, theme, encoding and
/// question and state of the catalogue, stored as it is sent. It lasts a minute, less when a campaign starts or ends before, and goes at once when the catalogue changes.
/// </summary>
public sealed class GuestPages(ShopCookies cookies) : IOutputCachePolicy
{
    public const string Policy = "guests";

    /// <summary>How long a page may be kept.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly string[] _personal = [cookies.Name(ShopCookies.Session), cookies.Name(CurrentShopper.CartCookie), cookies.Name(ShopPreferences.MessageCookie)];

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var isGuest = request.Headers.Cookie.Count == 0 || !request.Cookies.Keys.Any(IsPersonal);
        context.EnableOutputCaching = isGuest && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.Query.ContainsKey("q");
        context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = context.EnableOutputCaching;
        if (isGuest)
            context.HttpContext.Response.Headers.CacheControl = "private, no-cache"; // after signing in, a browser must not show what it kept
        if (!context.EnableOutputCaching)
            return ValueTask.CompletedTask;

        var encoding = Encoding(request);
        request.Headers.AcceptEncoding = encoding; // whoever shares an entry asks for the same
        context.ResponseExpirationTimeSpan = Longest;
        context.Tags.Add(CatalogueCache.Tag);
        context.CacheVaryByRules.QueryKeys = ListFilter.Keys;
        context.CacheVaryByRules.VaryByValues["language"] = CultureInfo.CurrentUICulture.Name;
        context.CacheVaryByRules.VaryByValues["theme"] = ShopPreferences.Theme(request) ?? "";
        context.CacheVaryByRules.VaryByValues["encoding"] = encoding;
        var catalogue = context.HttpContext.RequestServices.GetRequiredService<CatalogueCache>(); // not told earlier: it needs the store, whose settings need this policy
        context.CacheVaryByRules.VaryByValues["catalogue"] = catalogue.Version.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        if (response.StatusCode != StatusCodes.Status200OK || response.Headers.SetCookie.Count > 0)
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }

    /// <summary>The page that is being made is true until then. Said before its first byte: later the cache doesn't listen.</summary>
    public static void TrueUntil(HttpContext context, DateTimeOffset end, DateTimeOffset now)
    {
        if (context.Features.Get<IOutputCacheFeature>()?.Context is { } kept && end - now < Longest)
            kept.ResponseExpirationTimeSpan = end - now;
    }

    /// <summary>Long cookies come in parts, each with a number behind the name.</summary>
    private bool IsPersonal(string cookie) => Array.Exists(_personal, name => cookie.StartsWith(name, StringComparison.Ordinal));

    /// <summary>What browsers say is short and the same again and again; whatever weighs encodings against each other is read with care.</summary>
    private static string Encoding(HttpRequest request)
    {
        var said = request.Headers.AcceptEncoding.ToString();
        if (said.Contains(';', StringComparison.Ordinal))
            return Weighed(request);
        return said.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : said.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
    }

    private static string Weighed(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding.Where(encoding => encoding.Quality is null or > 0).Select(encoding => encoding.Value).ToList();
        return accepted.Contains("br") ? "br" : accepted.Contains("gzip") ? "gzip" : "";
    }
}

public static class GuestPagesModule
{
    public static IServiceCollection AddGuestPages(this IServiceCollection services)
    {
        services.AddSingleton<GuestPages>().AddSingleton<CatalogueCache>().AddSingleton<ShopWindow>().AddSingleton<SearchedWords>().AddScoped<ShelfRenderer>().AddScoped<CourseSheets>();
        services.AddOutputCache(options => options.SizeLimit = 32 << 20).ShareKeptPages();
        services.AddHostedService<CatalogueWorker>();
        services.AddOptions<OutputCacheOptions>().Configure<GuestPages>((options, policy) => options.AddPolicy(GuestPages.Policy, policy));
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true; // antiforgery tokens differ with every answer
            options.MimeTypes = ["text/html"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    /// <summary>After routing, before anybody is asked who they are. The cache stands outside compression, so that its entries are stored compressed.</summary>
    public static void UseGuestPages(this WebApplication app)
    {
        app.UseOutputCache();
        app.UseResponseCompression();
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CourseShop.Pages;

/// <summary>What a visitor chose for the eyes: language and theme, kept in cookies and changed by a link.</summary>
public static class ShopPreferences
{
    public const string MessageCookie = "message";
    private const string ThemeCookie = "theme";
    private const string LanguageCookie = "language";

    public static IReadOnlyList<CultureInfo> Languages { get; } = [new("zh-CN"), new("en")];

    public static string? Theme(HttpRequest request) => request.Cookies[ThemeCookie] is "light" or "dark" ? request.Cookies[ThemeCookie] : null;

    public static string Link(string what, string value, string back) => $"/preferences?{what}={value}&back={Uri.EscapeDataString(back)}";

    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("zh-CN");
        options.SupportedCultures = options.SupportedUICultures = [.. Languages];
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { CookieName = LanguageCookie },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    public static void MapPreferences(this IEndpointRouteBuilder app) => app.MapGet("/preferences", (HttpContext context, string? language, string? theme, string? back) =>
    {
        var lasting = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps, Path = "/" };
        if (Languages.FirstOrDefault(known => known.Name == language) is { } chosen)
            context.Response.Cookies.Append(LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)), lasting);
        if (theme is "light" or "dark" or "auto")
            context.Response.Cookies.Append(ThemeCookie, theme, lasting);
        return Results.LocalRedirect(IsLocal(back) ? back! : "/");
    }).AllowAnonymous();

    /// <summary>A path of this shop, and nothing that a browser could read as another site's address.</summary>
    private static bool IsLocal(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl);
}

using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using Microsoft.AspNetCore.Localization;

namespace CourseShop.Pages;

/// <summary>What a visitor chose for the eyes: language and theme, kept in cookies and changed by a link.</summary>
public static class ShopPreferences
{
    public const string MessageCookie = "message";
    private const string ThemeCookie = "theme";
    private const string LanguageCookie = "language";

    public static IReadOnlyList<CultureInfo> Languages { get; } = [new("zh-CN"), new("en")];

    public static string? Theme(HttpRequest request) => request.Cookies[CookiesOf(request.HttpContext).Name(ThemeCookie)] is ("light" or "dark") and var theme ? theme : null;

    public static string Link(string what, string value, string back) => $"/preferences?{what}={value}&back={Uri.EscapeDataString(back)}";

    public static void Configure(RequestLocalizationOptions options, ShopCookies cookies)
    {
        options.SetDefaultCulture("zh-CN");
        options.SupportedCultures = options.SupportedUICultures = [.. Languages];
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { CookieName = cookies.Name(LanguageCookie) },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    public static void MapPreferences(this IEndpointRouteBuilder app) => app.MapGet("/preferences", (HttpContext context, ShopCookies cookies, string? language, string? theme, string? back) =>
    {
        var lasting = cookies.Options(TimeSpan.FromDays(365));
        if (Languages.FirstOrDefault(known => known.Name == language) is { } chosen)
            context.Response.Cookies.Append(cookies.Name(LanguageCookie), CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)), lasting);
        if (theme is "light" or "dark" or "auto")
            context.Response.Cookies.Append(cookies.Name(ThemeCookie), theme, lasting);
        return Results.LocalRedirect(LocalPath.Read(back) ?? "/");
    }).AllowAnonymous();

    private static ShopCookies CookiesOf(HttpContext context) => context.RequestServices.GetRequiredService<ShopCookies>();
}

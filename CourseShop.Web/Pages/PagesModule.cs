using System.Text.Unicode;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace CourseShop.Pages;

public static class PagesModule
{
    public static IServiceCollection AddShopPages(this IServiceCollection services, IHostEnvironment environment)
    {
        var cookies = new ShopCookies(environment);
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options => ShopPreferences.Configure(options, cookies));
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new(UnicodeRanges.All)); // Chinese stays Chinese in HTML
        services.AddScoped<HeaderCounts>();
        var pages = services.AddRazorPages(options =>
        {
            options.Conventions.AuthorizeFolder("/Admin", AccountsModule.StaffOnly);
            foreach (var desk in new[] { "/Articles/Mine", "/Articles/Write" })
                options.Conventions.AuthorizePage(desk, AccountsModule.AuthorsOnly);
            foreach (var open in new[] { "/Index", "/About", "/Help", "/Error", "/Cart", "/Account/SignIn", "/Account/SignUp", "/Account/SignOut", "/Account/Reset", "/Learn/Course", "/Learn/Lesson", "/Articles/Index", "/Articles/Article", "/Articles/Likes" })
                options.Conventions.AllowAnonymousToPage(open);
            foreach (var open in new[] { "/Courses", "/Teachers", "/Coupons", "/Payments", "/Authors" })
                options.Conventions.AllowAnonymousToFolder(open);
        })
        .AddMvcOptions(options =>
        {
            options.Filters.Add<PageGuard>();
            options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>(); // throws at a field whose name is "a["
        })
        .AddDataAnnotationsLocalization(options => options.DataAnnotationLocalizerProvider = (_, factory) => factory.Create(typeof(Words)));
        PagesWhenAsked.Use(pages);
        services.AddSingleton<IConfigureOptions<MvcOptions>, BindingWords>();
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = cookies.Name(ShopPreferences.MessageCookie);
            options.Cookie.SecurePolicy = cookies.AreSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = cookies.Name("antiforgery");
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = cookies.AreSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.AddDataProtection().SetApplicationName("CourseShop");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<IOptions<ShopOptions>, IServiceProvider>((keys, shop, provider) =>
            keys.XmlRepository = provider.ProtectionKeys(shop.Value));
        return services;
    }

    /// <summary>What model binding says when a field can't be read.</summary>
    private sealed class BindingWords(IStringLocalizer<Words> words) : IConfigureOptions<MvcOptions>
    {
        public void Configure(MvcOptions options)
        {
            var messages = options.ModelBindingMessageProvider;
            messages.SetAttemptedValueIsInvalidAccessor((_, field) => words["{0}填写得不对，请检查", words[field]]);
            messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => words["填写得不对，请检查"]);
            messages.SetUnknownValueIsInvalidAccessor(field => words["{0}填写得不对，请检查", words[field]]);
            messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => words["填写得不对，请检查"]);
            messages.SetValueIsInvalidAccessor(_ => words["填写得不对，请检查"]);
            messages.SetValueMustBeANumberAccessor(field => words["{0}应当是数字", words[field]]);
            messages.SetNonPropertyValueMustBeANumberAccessor(() => words["这里应当是数字"]);
            messages.SetValueMustNotBeNullAccessor(_ => words["这里不能空着"]);
            messages.SetMissingBindRequiredValueAccessor(field => words["请填写{0}", words[field]]);
            messages.SetMissingKeyOrValueAccessor(() => words["这里不能空着"]);
            messages.SetMissingRequestBodyRequiredValueAccessor(() => words["这里不能空着"]);
        }
    }
}

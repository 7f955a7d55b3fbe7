using CourseShop.Data;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CourseShop.Accounts;

public static class AccountsModule
{
    /// <summary>The policy of the back office.</summary>
    public const string StaffOnly = "staff";

    /// <summary>The policy of the pages on which articles are written.</summary>
    public const string AuthorsOnly = "authors";

    public static IServiceCollection AddAccounts(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ShopCookies>();
        services.AddScoped<CurrentShopper>();
        services.AddOptions<AccountsOptions>().BindConfiguration("Accounts")
            .Validate(accounts => accounts.WrongSignInsPerMinute > 0, "Accounts:WrongSignInsPerMinute must be at least 1.")
            .Validate(accounts => accounts.PasswordIterations >= (environment.IsProduction() ? 200_000 : 1), "Accounts:PasswordIterations must be at least 200000 in Production.")
            .ValidateOnStart();
        services.AddSingleton<UnknownNames>();
        services.AddSingleton<SignInLimit>();
        services.AddSingleton<IPasswordHasher<ShopUser>, PasswordHasher<ShopUser>>();
        services.AddSingleton<PasswordChecks>();
        services.AddScoped<SessionCookie>();
        services.AddScoped<SignUp>().AddScoped<SignIn>().AddScoped<SignOut>();
        services.AddScoped<PasswordLinks>().AddScoped<ResetPassword>().AddScoped<MakeAdministrator>().AddScoped<ChangeRoles>();
        services.AddIdentity<ShopUser, IdentityRole<long>>(Configure).AddEntityFrameworkStores<ShopDb>().AddDefaultTokenProviders().AddErrorDescriber<IdentityWords>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = PasswordLinks.Life);
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<AccountsOptions>>((hasher, accounts) => hasher.IterationCount = accounts.Value.PasswordIterations);
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            options.OnRefreshingPrincipal = SessionCookie.KeepSessionAsync;
        });
        services.ConfigureApplicationCookie(options => Configure(options, new ShopCookies(environment)));
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffOnly, policy => policy.RequireRole(Roles.Staff.Split(',')))
            .AddPolicy(AuthorsOnly, policy => policy.RequireRole(Roles.Author))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>With room for passkeys, from the first migration on.</summary>
    public static void ConfigureSchema(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    private static void Configure(IdentityOptions options)
    {
        options.Password.RequiredLength = NewPassword.Shortest;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 3;
        options.User.AllowedUserNameCharacters = ""; // judged by UserName: Chinese is allowed
        options.Lockout.MaxFailedAccessAttempts = SignInRules.WrongPasswordsAllowed;
        options.Lockout.DefaultLockoutTimeSpan = SignInRules.LockoutTime;
        ConfigureSchema(options);
    }

    private static void Configure(CookieAuthenticationOptions options, ShopCookies cookies)
    {
        options.Cookie.Name = cookies.Name(ShopCookies.Session);
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = cookies.AreSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/account/sign-in";
        options.LogoutPath = "/account/sign-out";
        options.AccessDeniedPath = "/error/403";
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
    }
}

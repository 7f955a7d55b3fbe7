using System.Net;
using Microsoft.Extensions.Options;

namespace CourseShop.Common;

/// <summary>Reads and checks the section <c>Shop</c>; what is wrong is said in one sentence at start.</summary>
public static class ShopSettings
{
    public static IServiceCollection AddShopSettings(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<ShopOptions>().BindConfiguration("Shop")
            .PostConfigure(shop => shop.DataFolder = Path.GetFullPath(Path.IsPathRooted(shop.DataFolder) || environment.IsProduction()
                ? shop.DataFolder
                : Path.Combine(environment.ContentRootPath, shop.DataFolder)))
            .Validate(shop => shop.Name.Length is > 0 and <= 40, "Shop:Name must have 1 to 40 characters.")
            .Validate(shop => !environment.IsProduction() || Uri.TryCreate(shop.PublicUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.AbsolutePath == "/",
                "Shop:PublicUrl must be the shop's https address without a path, such as https://shop.example.com.")
            .Validate(shop => Array.TrueForAll(shop.Proxies, proxy => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _)), "Shop:Proxies must hold addresses or networks, such as 10.0.0.5 or 10.0.0.0/24.")
            .Validate(shop => shop.StopDelay >= TimeSpan.Zero && shop.StopDelay <= TimeSpan.FromSeconds(20), "Shop:StopDelay must be between 00:00:00 and 00:00:20.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ShopOptions>>(provider => new DataFolderIsAbsolute(provider.GetRequiredService<IConfiguration>(), environment));
        services.AddSingleton<ShopAddress>();
        services.AddSingleton(TimeProvider.System);
        return services;
    }

    private sealed class DataFolderIsAbsolute(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<ShopOptions>
    {
        public ValidateOptionsResult Validate(string? name, ShopOptions options) =>
            environment.IsProduction() && !Path.IsPathRooted(configuration["Shop:DataFolder"] ?? "")
                ? ValidateOptionsResult.Fail("Shop:DataFolder must be an absolute path in Production, such as /var/lib/courseshop.")
                : ValidateOptionsResult.Success;
    }
}

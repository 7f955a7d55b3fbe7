using CourseShop.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Registers Alipay as a payment gateway.</summary>
public static class AlipayModule
{
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>
    /// Binds and checks the section <c>Alipay</c> at start, loads the keys once, and registers <see cref="AlipayGateway"/> as an <see cref="IPaymentGateway"/>.
    /// Outside Production a missing mode means the simulator.
    /// </summary>
    public static IServiceCollection AddAlipay(this IServiceCollection services, IConfiguration configuration, bool isProduction)
    {
        services.AddOptions<AlipayOptions>()
            .Bind(configuration.GetSection(AlipayOptions.Section))
            .PostConfigure(options =>
            {
                options.Mode ??= isProduction ? null : AlipayMode.Simulator;
                options.AppPrivateKeyPath = InShopFolder(options.AppPrivateKeyPath);
                options.AlipayPublicKeyPath = InShopFolder(options.AlipayPublicKeyPath);
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlipayOptions>>(new AlipayOptionsCheck(isProduction));

        services.AddSingleton(provider => AlipayKeyRing.Load(provider.GetRequiredService<IOptions<AlipayOptions>>().Value, isProduction));
        services.AddHttpClient(AlipayGateway.ClientName, (provider, client) =>
            {
                client.Timeout = provider.GetRequiredService<IOptions<AlipayOptions>>().Value.Timeout;
                client.MaxResponseContentBufferSize = LongestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers();

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ShopAddress>();
        services.AddSingleton<IPaymentGateway, AlipayGateway>();
        services.AddSingleton<ReceiveNotification>().AddSingleton<ForgeryLimit>();
        services.AddScoped<ReadReturn>();
        return services;
    }

    // a relative path starts at the shop's folder, wherever the program was started from
    private static string InShopFolder(string path) => string.IsNullOrWhiteSpace(path) ? "" : Path.Combine(ShopFiles.Root(), path);
}

using CourseShop.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Registers Alipay as a gateway for payments and payouts.</summary>
public static class AlipayModule
{
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>
    /// Binds and checks the section <c>Alipay</c> at start, loads the keys once, and registers <see cref="AlipayGateway"/> as an <see cref="IPaymentGateway"/>
    /// and <see cref="AlipayPayoutGateway"/> as an <see cref="IPayoutGateway"/>.
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
                options.AppCertificatePath = InShopFolder(options.AppCertificatePath);
                options.AlipayCertificatePath = InShopFolder(options.AlipayCertificatePath);
                options.AlipayRootCertificatePath = InShopFolder(options.AlipayRootCertificatePath);
            })
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AlipayOptions>>(provider => new AlipayOptionsCheck(isProduction, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton(provider => new CertificateFolder(Path.Combine(provider.GetRequiredService<IOptions<ShopOptions>>().Value.DataFolder, "alipay-certificates")));
        services.AddSingleton(provider => Ring(provider, isProduction));
        services.AddHostedService<CertificateEndWorker>();
        services.AddHttpClient(AlipayClient.Name, (provider, client) =>
            {
                client.Timeout = provider.GetRequiredService<IOptions<AlipayOptions>>().Value.Timeout;
                client.MaxResponseContentBufferSize = LongestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(WithoutRedirects)
            .RemoveAllLoggers();
        services.AddHttpClient(DownloadBill.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan) // it has its own, for the body too
            .ConfigurePrimaryHttpMessageHandler(WithoutRedirects)
            .RemoveAllLoggers();

        services.TryAddSingleton<ShopAddress>();
        services.AddSingleton<CallAlipay>().AddSingleton<ReadAnswer>().AddSingleton<FetchCertificate>().AddSingleton<AlipayClient>().AddSingleton<DownloadBill>();
        services.AddSingleton<IPaymentGateway, AlipayGateway>().AddSingleton<IPayoutGateway, AlipayPayoutGateway>();
        services.AddSingleton<ReceiveNotification>().AddSingleton<ForgeryLimit>();
        services.AddScoped<ReadReturn>();
        return services;
    }

    private static AlipayKeyRing Ring(IServiceProvider provider, bool isProduction)
    {
        var now = provider.GetRequiredService<TimeProvider>().GetUtcNow();
        var ring = AlipayKeyRing.Load(provider.GetRequiredService<IOptions<AlipayOptions>>().Value, isProduction, now);
        if (ring.Certificates is { } certificates)
            provider.GetRequiredService<CertificateFolder>().AddAllTo(certificates, now);
        return ring;
    }

    private static SocketsHttpHandler WithoutRedirects() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    // a relative path starts at the shop's folder, wherever the program was started from
    private static string InShopFolder(string path) => string.IsNullOrWhiteSpace(path) ? "" : Path.Combine(ShopFiles.Root(), path);
}

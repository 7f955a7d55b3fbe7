using CourseShop.AlipaySimulator;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.AlipaySimulator;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Support;

/// <summary>The whole shop in this process with the simulator for its Alipay, both over HTTP. Notifications are delivered when a test says so.</summary>
public sealed class ShopWithSimulator(bool certificates = false) : ShopHost
{
    /// <summary>Alipay posts what it has to tell.</summary>
    public Task DeliverNotificationsAsync() => Service<NotificationSender>().DeliverDueAsync(CancellationToken.None);

    protected override IReadOnlyDictionary<string, string?> AlipaySettings()
    {
        SimulatorHost.CopyKeys(DataFolder);
        return new Dictionary<string, string?>(StringComparer.Ordinal) { ["Alipay:Mode"] = "Simulator", ["Simulator:Certificates"] = certificates ? "true" : "false" };
    }

    protected override void ConfigureAlipay(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(NotificationWorker)));
        foreach (var client in (string[])[AlipayClient.Name, DownloadBill.ClientName, NotificationSender.ClientName])
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Server.CreateHandler());
    }
}

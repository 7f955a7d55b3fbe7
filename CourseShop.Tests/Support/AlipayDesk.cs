using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Support;

/// <summary>Both of the shop's gateways to Alipay over a fake one, without a shop around them.</summary>
public sealed class AlipayDesk : IDisposable
{
    private readonly ServiceProvider services;

    public AlipayDesk(AlipayMode mode = AlipayMode.PublicKey)
    {
        var collection = new ServiceCollection();
        collection.AddHttpClient(AlipayClient.Name).ConfigurePrimaryHttpMessageHandler(() => Alipay);
        collection.AddHttpClient(DownloadBill.ClientName).ConfigurePrimaryHttpMessageHandler(() => Alipay);
        services = collection.BuildServiceProvider();

        var clients = services.GetRequiredService<IHttpClientFactory>();
        var options = Options.Create(new AlipayOptions { Mode = mode, GatewayUrl = FakeAlipay.GatewayUrl, AppId = FakeAlipay.AppId, SellerId = FakeAlipay.SellerId });
        var client = new AlipayClient(
            new CallAlipay(clients, options, FakeAlipay.Keys, null!, TimeProvider.System), new ReadAnswer(FakeAlipay.Keys, null!, TimeProvider.System), NullLogger<AlipayClient>.Instance);
        var download = new DownloadBill(clients, options, null!, TimeProvider.System, NullLogger<DownloadBill>.Instance);
        Payments = new AlipayGateway(client, download, options, FakeAlipay.Keys);
        Payouts = new AlipayPayoutGateway(client, options);
    }

    public FakeAlipayHandler Alipay { get; } = new();
    public IPaymentGateway Payments { get; }
    public IPayoutGateway Payouts { get; }

    public void Dispose()
    {
        services.Dispose();
        Alipay.Dispose();
    }
}

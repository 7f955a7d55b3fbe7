using System.Text;
using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The shop's client and the simulator meet in certificate mode.</summary>
public sealed class ShopAndCertificatesTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    private IPaymentGateway Gateway => host.Services.GetRequiredService<IPaymentGateway>();
    private AlipayKeyRing Keys => host.Services.GetRequiredService<AlipayKeyRing>();
    private SimulatorCertificates Certificates => host.Services.GetRequiredService<SimulatorKeys>().Certificates!;
    private int Downloads => host.Services.GetRequiredService<SimulatorStore>().LatestCalls(200).Count(call => call.Method == CertificateDownload.Method);

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync(certificates: true, more: builder =>
    {
        builder.Services.AddAlipay(builder.Configuration, isProduction: false);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false); // only Alipay's client of the whole shop is here
        builder.Services.AddHttpClient(AlipayClient.Name)
            .ConfigurePrimaryHttpMessageHandler(services => ((TestServer)services.GetRequiredService<IServer>()).CreateHandler());
    });

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public void Both_reckon_the_same_numbers()
    {
        Assert.Equal((Certificates.AppSn, Certificates.RootSn), (Keys.Certificates!.AppSn, Keys.Certificates.RootSn));
        Assert.NotNull(Keys.Certificates.Find(Certificates.Signer().Sn, host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_whole_payment_needs_no_download()
    {
        await PayAsync("A1");
        await host.DeliverAsync();

        for (var i = 0; i < 8; i++) // every form of an answer
            Assert.Equal(GatewayTradeStatus.Paid, (await Gateway.QueryAsync("A1", CancellationToken.None)).Value!.Status);
        Assert.True(IsBelieved(host.Shop.Received.Single().Body));
        Assert.Equal(0, Downloads);
    }

    [Fact]
    public async Task After_Alipay_changed_its_certificate_the_first_answer_teaches_the_shop_the_new_one()
    {
        await PayAsync("A1");
        Certificates.Rotate();
        await host.DeliverAsync();
        Assert.False(IsBelieved(host.Shop.Received.Single().Body)); // it names no certificate; Alipay sends it again

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Gateway.QueryAsync("A1", CancellationToken.None)));

        Assert.All(answers, answer => Assert.Equal(GatewayTradeStatus.Paid, answer.Value!.Status));
        Assert.True(IsBelieved(host.Shop.Received.Single().Body));
        Assert.Equal(1, Downloads);
    }

    [Theory]
    [InlineData(Switch.AnswerUnsigned)]
    [InlineData(Switch.AnswerWronglySigned)]
    public async Task A_broken_answer_leaves_the_shop_not_knowing(Switch which)
    {
        await PayAsync("A1");
        host.Turn(which);

        Assert.Equal(GatewayVerdict.Unknown, (await Gateway.QueryAsync("A1", CancellationToken.None)).Verdict);
    }

    private bool IsBelieved(string body) => AlipayNotification.Read(Encoding.ASCII.GetBytes(body), Keys.At(host.Clock.GetUtcNow())).Message is not null;

    private async Task PayAsync(string outTradeNo)
    {
        var now = host.Clock.GetUtcNow();
        var page = Gateway.PayPage(new PaymentRequest(outTradeNo, new Money(8880), "Python 入门", now.AddMinutes(15), false,
            "http://localhost/payments/alipay/return", "http://localhost/payments/alipay/notify", "http://localhost/orders/A1/pay"), now);
        using var response = await host.Browser.GetAsync(page);
        await host.PressAsync(response.Headers.Location!.ToString(), "付款");
    }
}

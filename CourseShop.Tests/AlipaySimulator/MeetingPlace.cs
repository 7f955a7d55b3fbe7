using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The simulator and the shop's client in one small host. The two were written apart from each other; here they meet.</summary>
public sealed class MeetingPlace(SimulatorHost host) : IAsyncDisposable
{
    public SimulatorHost Host => host;
    public IPaymentGateway Payments => host.Services.GetRequiredService<IPaymentGateway>();
    public IPayoutGateway Payouts => host.Services.GetRequiredService<IPayoutGateway>();

    public static async Task<MeetingPlace> OpenAsync() => new(await SimulatorHost.StartAsync(more: builder =>
    {
        builder.Services.AddAlipay(builder.Configuration, isProduction: false);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false); // only Alipay's client of the whole shop is here
        foreach (var name in (string[])[AlipayClient.Name, DownloadBill.ClientName])
            builder.Services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(services => ((TestServer)services.GetRequiredService<IServer>()).CreateHandler());
    }));

    /// <summary>The buyer's browser is led through the gateway; yields the cashier's address.</summary>
    public async Task<string> AskAsync(string outTradeNo = "A1", bool isPhone = false, string subject = "Python 入门")
    {
        var now = host.Clock.GetUtcNow();
        var page = Payments.PayPage(new PaymentRequest(outTradeNo, new Money(8880), subject, now.AddMinutes(15), isPhone,
            "http://localhost/payments/alipay/return", "http://localhost/payments/alipay/notify", $"http://localhost/orders/{outTradeNo}/pay"), now);
        using var response = await host.Browser.GetAsync(page);
        return response.Headers.Location!.ToString();
    }

    /// <summary>The buyer sees the cashier, and pays nothing.</summary>
    public async Task OpenCashierAsync(string outTradeNo) => await host.PageAsync(await AskAsync(outTradeNo));

    /// <summary>A whole payment of ¥88.80, as the gateway knows it.</summary>
    public async Task<GatewayTrade> PayAsync(string outTradeNo = "A1", string subject = "Python 入门")
    {
        await host.PressAsync(await AskAsync(outTradeNo, subject: subject), "付款");
        return await QueryAsync(outTradeNo);
    }

    public async Task<GatewayTrade> QueryAsync(string outTradeNo) => (await Payments.QueryAsync(outTradeNo, CancellationToken.None)).Value!;

    public Task<GatewayAnswer<GatewayRefund>> RefundAsync(GatewayTrade trade, string number, long fen)
        => Payments.RefundAsync(new RefundRequest(trade.OutTradeNo, trade.TradeNo, number, new Money(fen), "不想学了 & 买错了"), CancellationToken.None);

    /// <summary>Waits for a call while time passes by hand: an answer that never comes ends some day.</summary>
    public async Task<T> WaitingAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
        return await call;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}

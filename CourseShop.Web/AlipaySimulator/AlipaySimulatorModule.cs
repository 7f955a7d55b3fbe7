using System.Text;
using CourseShop.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseShop.AlipaySimulator;

/// <summary>An Alipay of our own in the same process, for Development. It shares no code with the shop's client, so that an error in one is found by the other.</summary>
public static class AlipaySimulatorModule
{
    /// <summary>What Alipay:Mode says; an empty one means the simulator. Never in Production: there the check of the settings refuses the word.</summary>
    public static bool UsesSimulator(this WebApplicationBuilder builder) => !builder.Environment.IsProduction()
        && (builder.Configuration["Alipay:Mode"] is not { Length: > 0 } mode || mode.Equals("Simulator", StringComparison.OrdinalIgnoreCase));

    /// <summary>Makes the keys, points the shop's Alipay settings at the simulator, registers it. Call it before anything reads those settings.</summary>
    /// <exception cref="InvalidOperationException">The environment is Production.</exception>
    public static void AddAlipaySimulator(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsProduction())
            throw new InvalidOperationException("Alipay:Mode is Simulator, which takes no money: Production refuses to start with it. Set Alipay:Mode to PublicKey or Certificate.");

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // the pages of refusal are in GBK
        var folder = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Shop:DataFolder"] ?? new ShopOptions().DataFolder, "simulator");
        var keys = new SimulatorKeys(Path.GetFullPath(folder), builder.Configuration.GetValue<bool>("Simulator:Certificates"));
        builder.Configuration.AddInMemoryCollection(ShopSettings(keys));

        builder.Services.AddOptions<SimulatorOptions>().BindConfiguration("Simulator")
            .Validate(options => options.Speed is > 0 and < double.PositiveInfinity, "Simulator:Speed must be more than 0.").ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(keys);
        builder.Services.AddSingleton(_ => new SimulatorStore(Path.Combine(Path.GetFullPath(folder), "trades.db")));
        builder.Services.TryAddSingleton<ShopAddress>();
        Type[] verbs = [typeof(StartTrade), typeof(OpenCashier), typeof(PayTrade), typeof(FinishTrade), typeof(WriteBill), typeof(AnswerCall), typeof(NotificationSender)];
        foreach (var verb in verbs)
            builder.Services.AddSingleton(verb);
        Type[] serverCalls =
        [
            typeof(QueryTrade), typeof(CloseTrade), typeof(CancelTrade), typeof(RefundTrade), typeof(QueryRefund), typeof(TransferMoney), typeof(QueryTransfer), typeof(QueryBalance),
            typeof(QueryBillAddress), typeof(DownloadCertificate),
        ];
        foreach (var call in serverCalls)
            builder.Services.AddSingleton(typeof(IServerCall), call);
        builder.Services.AddHostedService<NotificationWorker>();
        builder.Services.AddHttpClient(NotificationSender.ClientName, client => client.Timeout = TimeSpan.FromSeconds(15))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    }

    /// <summary>The gateway, and where bills are fetched. The cashier and the control page are Razor pages and come with them.</summary>
    public static void MapAlipaySimulator(this WebApplication app)
    {
        app.MapMethods(GatewayEndpoint.Address, [HttpMethods.Get, HttpMethods.Post], GatewayEndpoint.AnswerAsync).AllowAnonymous();
        app.MapGet(BillLink.Address, BillEndpoint.Answer).AllowAnonymous();
    }

    private static Dictionary<string, string?> ShopSettings(SimulatorKeys keys) => new(StringComparer.Ordinal)
    {
        ["Alipay:AppId"] = SimulatorKeys.AppId,
        ["Alipay:SellerId"] = SimulatorKeys.SellerId,
        ["Alipay:GatewayUrl"] = GatewayEndpoint.Address,
        ["Alipay:AppPrivateKeyPath"] = keys.AppPrivateKeyPath,
        ["Alipay:AlipayPublicKeyPath"] = keys.AlipayPublicKeyPath,
        ["Alipay:SimulatorHasCertificates"] = keys.Certificates is null ? "false" : "true",
        ["Alipay:AppCertificatePath"] = keys.Certificates?.AppCertificatePath,
        ["Alipay:AlipayCertificatePath"] = keys.Certificates?.AlipayCertificatePath,
        ["Alipay:AlipayRootCertificatePath"] = keys.Certificates?.RootCertificatePath,
    };
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CourseShop.AlipaySimulator;
using CourseShop.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.WebEncoders;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The simulator alone in a small host with its own folder, a clock moved by hand, and a shop that takes notifications as the test says.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    public const string Gateway = "/alipay-simulator/gateway.do";
    public const string Control = "/alipay-simulator";

    // making keys is slow; every host but the first takes a copy
    private static readonly Lazy<string> Keys = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("simulator-keys-").FullName;
        _ = new SimulatorKeys(folder, certificates: true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    private readonly WebApplication app;
    private readonly bool ownsFolder;

    private SimulatorHost(WebApplication app, string folder, bool ownsFolder, HandClock clock, NotifiedShop shop)
    {
        this.app = app;
        this.ownsFolder = ownsFolder;
        (Folder, Clock, Shop) = (folder, clock, shop);
        Browser = new HttpClient(new CookieContainerHandler { InnerHandler = app.GetTestServer().CreateHandler() }) { BaseAddress = new Uri("http://localhost") };
        Side = new ShopSide(File.ReadAllText(app.Configuration["Alipay:AppPrivateKeyPath"]!), File.ReadAllText(app.Configuration["Alipay:AlipayPublicKeyPath"]!));
    }

    public string Folder { get; }
    public HandClock Clock { get; }
    public NotifiedShop Shop { get; }
    public HttpClient Browser { get; }
    public ShopSide Side { get; }
    public IServiceProvider Services => app.Services;

    public static async Task<SimulatorHost> StartAsync(string? folder = null, bool ticks = false, double speed = 1, HandClock? clock = null, Action<WebApplicationBuilder>? more = null, bool certificates = false)
    {
        var isOwn = folder is null;
        folder ??= Directory.CreateTempSubdirectory("simulator-").FullName;
        CopyKeys(folder);
        clock ??= new HandClock(new DateTimeOffset(2026, 11, 20, 11, 0, 0, TimeSpan.Zero));
        var shop = new NotifiedShop();
        var builder = Builder("Development", folder);
        builder.Configuration["Simulator:Speed"] = FormattableString.Invariant($"{speed}");
        builder.Configuration["Simulator:Certificates"] = certificates ? "true" : "false";
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddAlipaySimulator();
        builder.Services.AddHttpClient(NotificationSender.ClientName).ConfigurePrimaryHttpMessageHandler(() => shop);
        more?.Invoke(builder);
        if (!ticks)
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(NotificationWorker)));

        var built = builder.Build();
        built.UseRequestLocalization("zh-CN"); // not the language of who runs the tests
        built.MapRazorPages();
        built.MapAlipaySimulator();
        await built.StartAsync();
        return new SimulatorHost(built, folder, isOwn, clock, shop);
    }

    public static WebApplicationBuilder Builder(string environment, string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = environment,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(AlipaySimulatorModule).Assembly.GetName().Name,
        });
        builder.WebHost.UseTestServer();
        builder.Configuration["Shop:DataFolder"] = folder;
        builder.Services.AddRazorPages();
        builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        builder.Services.AddLocalization();
        builder.Services.AddOptions<ShopOptions>().BindConfiguration("Shop");
        return builder;
    }

    public static object Order(string outTradeNo, string amount = "88.80", string subject = "Python 入门") => new
    {
        out_trade_no = outTradeNo,
        total_amount = amount,
        subject,
        product_code = "FAST_INSTANT_TRADE_PAY",
        time_expire = "2026-11-20 19:15:00",
    };

    /// <summary>Gives a data folder the keys that were made once.</summary>
    public static void CopyKeys(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "simulator")).FullName;
        Directory.CreateDirectory(Path.Combine(target, "certificates"));
        foreach (var key in Directory.GetFiles(Keys.Value, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".pem" or ".crt"))
            File.Copy(key, Path.Combine(target, Path.GetRelativePath(Keys.Value, key)), overwrite: true);
    }

    public IDictionary<string, string> PayRequest(string outTradeNo, params (string Name, string? Value)[] changes) => Side.Request("alipay.trade.page.pay", Order(outTradeNo),
        [("notify_url", "http://localhost/payments/alipay/notify"), ("return_url", "http://localhost/payments/alipay/return"), .. changes]);

    /// <summary>The browser goes through the gateway; yields the cashier's address.</summary>
    public async Task<string> AskAsync(IDictionary<string, string> request)
    {
        using var response = await Browser.GetAsync($"{Gateway}?{ShopSide.Escape(request)}");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    /// <summary>Opens the cashier and presses a button; yields where the browser is led.</summary>
    public async Task<Uri> PressAsync(string cashier, string button)
    {
        var page = await PageAsync(cashier);
        var form = page.Forms.Single(form => form.QuerySelector("button")?.TextContent == button);
        using var response = await SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return new Uri(new Uri("http://localhost"), response.Headers.Location!);
    }

    /// <summary>A whole payment; yields the return's address.</summary>
    public async Task<Uri> PayAsync(string outTradeNo, params (string Name, string? Value)[] changes) => await PressAsync(await AskAsync(PayRequest(outTradeNo, changes)), "付款");

    public async Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] changes)
    {
        var fields = form.Elements.OfType<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var select in form.Elements.OfType<IHtmlSelectElement>())
            fields[select.Name!] = select.Value!;
        foreach (var (name, value) in changes)
            fields[name] = value;
        return await Browser.PostAsync(form.Action.Replace("about://", "", StringComparison.Ordinal), new FormUrlEncodedContent(fields));
    }

    public async Task<IHtmlDocument> PageAsync(string address)
    {
        using var response = await Browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The shop's server calls; the answer's signature is checked.</summary>
    public async Task<JsonElement> CallAsync(string method, object business)
    {
        var answer = await PostAsync(Side.Request(method, business));
        var (node, isGenuine) = Side.Read(answer, method.Replace('.', '_') + "_response");
        Assert.True(isGenuine);
        return node;
    }

    public async Task<byte[]> PostAsync(IDictionary<string, string> request)
    {
        using var content = new StringContent(ShopSide.Escape(request), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var response = await Browser.PostAsync(Gateway, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public void Turn(Switch which, int left = 1, int seconds = 5) => Services.GetRequiredService<SimulatorStore>().Save(new SwitchState(which, left, seconds));

    public Task<int> DeliverAsync() => Services.GetRequiredService<NotificationSender>().DeliverDueAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await app.DisposeAsync();
        if (ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The shop as notifications find it.</summary>
    public sealed class NotifiedShop : HttpMessageHandler
    {
        public string Answer { get; set; } = "success";
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;
        public ConcurrentQueue<(string Body, string MediaType)> Received { get; } = [];
        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDictionary<string, string>[] Notifications => [.. Received.Select(post => ShopSide.Decode(post.Body))];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
        {
            Assert.Equal("/payments/alipay/notify", request.RequestUri!.AbsolutePath);
            var mediaType = string.Join(", ", request.Content!.Headers.NonValidated["Content-Type"]);
            Received.Enqueue((await request.Content.ReadAsStringAsync(stop), mediaType));
            First.TrySetResult();
            return new HttpResponseMessage(Status) { Content = new StringContent(Answer) };
        }

        protected override void Dispose(bool disposing)
        {
            // the factory throws handlers away now and then; this one stays
        }
    }
}

using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayGatewayTests : IDisposable
{
    private static readonly DateTimeOffset PaidAt = new(2026, 3, 1, 1, 6, 2, TimeSpan.Zero);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alipay-gateway");
    private readonly FakeAlipayHandler alipay = new();
    private readonly Remembered log = new();
    private readonly ServiceProvider services;
    private readonly IPaymentGateway gateway;

    public AlipayGatewayTests()
    {
        services = Services(FakeAlipay.Settings(folder.FullName));
        gateway = services.GetRequiredService<IPaymentGateway>();
        alipay.Trades["CS1"] = new("2026030122001400001000000001", Money.Yuan(99), PaidAt: PaidAt);
        alipay.Trades["CS2"] = new("2026030122001400001000000002", Money.Yuan(10), "WAIT_BUYER_PAY");
    }

    public void Dispose()
    {
        services.Dispose();
        alipay.Dispose();
        log.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_paid_trade_is_found()
    {
        var answer = await gateway.QueryAsync("CS1", CancellationToken.None);

        var trade = new GatewayTrade("CS1", "2026030122001400001000000001", GatewayTradeStatus.Paid, Money.Yuan(99), Money.Zero, "159****5620", PaidAt);
        Assert.Equal(new GatewayAnswer<GatewayTrade>(GatewayVerdict.Yes, trade), answer);
        Assert.Equal([("alipay.trade.query", "CS1")], alipay.Calls);
    }

    [Fact]
    public async Task A_trade_that_Alipay_does_not_know_is_a_signed_no()
    {
        var answer = await gateway.QueryAsync("CS9", CancellationToken.None);

        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.TradeNotExist, Code: "ACQ.TRADE_NOT_EXIST"), answer);
    }

    [Fact]
    public async Task Only_an_unpaid_trade_can_be_closed()
    {
        var unpaid = await gateway.CloseAsync("CS2", CancellationToken.None);
        var paid = await gateway.CloseAsync("CS1", CancellationToken.None);
        var unknown = await gateway.CloseAsync("CS9", CancellationToken.None);
        var afterwards = await gateway.QueryAsync("CS2", CancellationToken.None);

        Assert.Equal(GatewayVerdict.Yes, unpaid.Verdict);
        Assert.Equal((GatewayVerdict.No, GatewayRefusal.TradeStatusWrong), (paid.Verdict, paid.Refusal));
        Assert.Equal((GatewayVerdict.No, GatewayRefusal.TradeNotExist), (unknown.Verdict, unknown.Refusal));
        Assert.Equal((GatewayTradeStatus.Closed, false), (afterwards.Value!.Status, afterwards.Value.WasPaid));
    }

    [Theory]
    [InlineData(AlipayMood.Down, "http 503")]
    [InlineData(AlipayMood.Unreachable, "ConnectionError")]
    [InlineData(AlipayMood.Garbage, "no answer of Alipay's")]
    [InlineData(AlipayMood.Truncated, "no answer of Alipay's")]
    [InlineData(AlipayMood.Unsigned, "no answer of Alipay's")]
    [InlineData(AlipayMood.Forged, "no answer of Alipay's")]
    [InlineData(AlipayMood.UnsignedError, "unsigned ACQ.TRADE_NOT_EXIST")]
    [InlineData(AlipayMood.Redirecting, "http 302")]
    [InlineData(AlipayMood.WrongTrade, "answer about another trade")]
    [InlineData(AlipayMood.Busy, "ACQ.SYSTEM_ERROR")]
    public async Task Whatever_is_not_signed_by_Alipay_is_unknown(AlipayMood mood, string code)
    {
        alipay.Mood = mood;

        var query = await gateway.QueryAsync("CS1", CancellationToken.None);
        var close = await gateway.CloseAsync("CS2", CancellationToken.None);

        Assert.Equal(new(GatewayVerdict.Unknown, Code: code), query);
        Assert.Equal(new(GatewayVerdict.Unknown, Code: code), close);
        Assert.Equal(2, log.Lines.Count(line => line.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_slow_gateway_is_unknown_after_its_time()
    {
        using var hurried = Services(new Dictionary<string, string?>(FakeAlipay.Settings(folder.FullName), StringComparer.Ordinal) { ["Alipay:Timeout"] = "00:00:00.05" });
        alipay.Mood = AlipayMood.Slow;

        var answer = await hurried.GetRequiredService<IPaymentGateway>().QueryAsync("CS1", CancellationToken.None);

        Assert.Equal(new(GatewayVerdict.Unknown, Code: "timeout"), answer);
    }

    [Fact]
    public async Task A_caller_may_stop_waiting()
    {
        alipay.Mood = AlipayMood.Slow;
        using var stop = new CancellationTokenSource();

        var call = gateway.QueryAsync("CS1", stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("40004", "TRADE_NOT_EXIST", GatewayVerdict.No, GatewayRefusal.TradeNotExist)]
    [InlineData("40004", "ACQ.REASON_TRADE_STATUS_INVALID", GatewayVerdict.No, GatewayRefusal.TradeStatusWrong)]
    [InlineData("40004", "ACQ.REASON_ILLEGAL_STATUS", GatewayVerdict.No, GatewayRefusal.TradeStatusWrong)]
    [InlineData("40004", "ACQ.INVALID_PARAMETER", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("40002", "isv.invalid-app-id", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("40004", "AQC.SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    [InlineData("20000", "isp.unknow-error", GatewayVerdict.Unknown, GatewayRefusal.None)]
    public async Task Alipays_codes_mean_no_or_unknown(string code, string subCode, GatewayVerdict verdict, GatewayRefusal refusal)
    {
        alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["sub_code"] = subCode };

        var answer = await gateway.CloseAsync("CS1", CancellationToken.None);

        Assert.Equal(new(verdict, Refusal: refusal, Code: subCode), answer);
    }

    [Theory]
    [InlineData("trade_status", "TRADE_SUCCES")]
    [InlineData("total_amount", "much")]
    [InlineData("out_trade_no", "CS10")]
    [InlineData("out_trade_no", "")]
    public async Task A_signed_answer_that_makes_no_sense_is_unknown(string name, string value)
    {
        alipay.Script = (_, outTradeNo) => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["code"] = "10000",
            ["out_trade_no"] = outTradeNo,
            ["trade_no"] = "2026",
            ["trade_status"] = "TRADE_SUCCESS",
            ["total_amount"] = "99.00",
            [name] = value,
        };

        Assert.Equal(GatewayVerdict.Unknown, (await gateway.QueryAsync("CS1", CancellationToken.None)).Verdict);
    }

    [Fact]
    public async Task A_no_about_another_trade_is_unknown()
    {
        alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "40004", ["sub_code"] = "ACQ.TRADE_NOT_EXIST", ["out_trade_no"] = "CS2" };

        Assert.Equal(GatewayVerdict.Unknown, (await gateway.QueryAsync("CS1", CancellationToken.None)).Verdict);
    }

    [Fact]
    public async Task Logs_hold_no_key_and_no_signature()
    {
        alipay.Mood = AlipayMood.Forged;

        await gateway.QueryAsync("CS1", CancellationToken.None);

        Assert.All(log.Lines, line => Assert.DoesNotMatch("sign=|biz_content|[A-Za-z0-9+/]{60}", line));
    }

    [Fact]
    public async Task The_shops_own_address_is_asked_where_the_gateway_is_a_path_and_no_redirect_is_followed()
    {
        await using var shop = await OwnGatewayAsync();
        var own = new Dictionary<string, string?>(FakeAlipay.Settings(folder.FullName), StringComparer.Ordinal) { ["Alipay:Mode"] = "Simulator", ["Alipay:GatewayUrl"] = "/gateway.do" };
        using var provider = Services(own, shop.Services.GetRequiredService<IServer>(), isScripted: false);
        var real = provider.GetRequiredService<IPaymentGateway>();

        Assert.Equal(GatewayVerdict.Yes, (await real.CloseAsync("right", CancellationToken.None)).Verdict);
        Assert.Equal("http 302", (await real.CloseAsync("elsewhere", CancellationToken.None)).Code);
        Assert.Contains((await real.CloseAsync("cut", CancellationToken.None)).Code, new[] { "ResponseEnded", "Unknown" }); // how a cut is noticed depends on how far the answer came
        Assert.Equal("ConfigurationLimitExceeded", (await real.CloseAsync("endless", CancellationToken.None)).Code);
        Assert.StartsWith("/gateway.do?", real.PayPage(new("CS1", Money.Yuan(1), "x", PaidAt, false, "", "", ""), PaidAt), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> OwnGatewayAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var shop = builder.Build();
        shop.MapPost("/gateway.do", async (HttpRequest request) =>
        {
            var content = (await request.ReadFormAsync())["biz_content"].ToString();
            var node = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "10000", ["out_trade_no"] = "right", ["padding"] = content.Contains("endless", StringComparison.Ordinal) ? new('x', 2_000_000) : "" };
            if (content.Contains("cut", StringComparison.Ordinal))
                return new CutOff();
            return content.Contains("elsewhere", StringComparison.Ordinal) ? Results.Redirect("/gateway.do") : Results.Text(FakeAlipay.Answer("alipay.trade.close", node));
        });
        await shop.StartAsync();
        return shop;
    }

    private ServiceProvider Services(IReadOnlyDictionary<string, string?> settings, IServer? server = null, bool isScripted = true)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        collection.AddSingleton(server ?? new NoServer());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddAlipay(configuration, isProduction: false);
        if (isScripted)
            collection.AddHttpClient(AlipayClient.Name).ConfigurePrimaryHttpMessageHandler(() => alipay);
        return collection.BuildServiceProvider();
    }

    /// <summary>A connection that is lost in the midst of an answer.</summary>
    private sealed class CutOff : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentLength = 1000;
            await httpContext.Response.WriteAsync("{\"alipay_trade_close_response\":{\"code\":\"10000\"");
            await httpContext.Response.Body.FlushAsync();
            httpContext.Abort();
        }
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Dispose() { }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Remembered : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}

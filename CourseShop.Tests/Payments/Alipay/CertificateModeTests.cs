using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Payments.Alipay;

/// <summary>What the shop believes in certificate mode, with the certificates of the vectors.</summary>
public sealed class CertificateModeTests : IDisposable
{
    private const string Method = "alipay.trade.query";
    private const string Download = "alipay.open.app.alipaycert.download";

    private static readonly JsonElement File = Vectors.File("cert_mode.json");

    private readonly ShopFolder folder = new();
    private readonly TestClock clock = new();
    private readonly DownloadsOnly alipay = new();
    private readonly ServiceProvider services;

    public CertificateModeTests() => services = Services();

    public static TheoryData<string> Responses => [.. File.GetProperty("responses").EnumerateArray().Select(one => one.Text("id"))];

    private AlipayKeyRing Keys => services.GetRequiredService<AlipayKeyRing>();

    public void Dispose()
    {
        services.Dispose();
        alipay.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task An_answer_is_believed_by_the_certificate_that_it_names(string id)
    {
        var one = Response(id);
        alipay.Returns = one.Text("download_returns_base64");

        var answer = await ReadAsync(one.Text("body"));

        var expected = one.Text("outcome") is "reject" ? AlipayOutcome.Reject : AlipayOutcome.Ok; // without a number: the configured certificate decides
        Assert.Equal((expected, alipay.Returns.Length > 0 ? 1 : 0), (answer.Outcome, alipay.Asked.Count));
        Assert.Equal(expected == AlipayOutcome.Ok && alipay.Returns.Length > 0, Directory.Exists(Path.Combine(folder.Path, "alipay-certificates")));
    }

    [Fact]
    public async Task A_call_with_a_signature_of_nobody_and_a_strange_number_fetches_nothing()
    {
        const string node = """{"code":"40004","sub_code":"ACQ.TRADE_NOT_EXIST"}""";

        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync($$"""{"alipay_trade_query_response":{{node}},"alipay_cert_sn":"../../../tmp/x","sign":"eA=="}""")).Outcome);
        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync($$"""{"alipay_trade_query_response":{{node}},"alipay_cert_sn":"","sign":"eA=="}""")).Outcome);
        Assert.Equal(AlipayOutcome.UnsignedError, (await ReadAsync($$"""{"alipay_trade_query_response":{{node}},"alipay_cert_sn":"{{File.Text("alipay_new_cert_sn")}}"}""")).Outcome);
        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(Response("known-sn").Text("body").Replace("{\"alipay", "{\"alipay_cert_sn\":\"x\",\"alipay", StringComparison.Ordinal))).Outcome);
        Assert.Empty(alipay.Asked);
    }

    [Fact]
    public async Task However_many_wait_a_new_certificate_is_asked_for_once()
    {
        var one = Response("rotated-sn");
        alipay.Returns = one.Text("download_returns_base64");
        alipay.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        var waiting = Enumerable.Range(0, 20).Select(_ => ReadAsync(one.Text("body"))).ToList();
        alipay.Gate.SetResult();
        var answers = await Task.WhenAll(waiting);

        Assert.All(answers, answer => Assert.Equal(AlipayOutcome.Ok, answer.Outcome));
        Assert.Equal([File.Text("alipay_new_cert_sn")], alipay.Asked);
    }

    [Fact]
    public async Task Who_stops_waiting_stops_nobody_else()
    {
        var one = Response("rotated-sn");
        alipay.Returns = one.Text("download_returns_base64");
        alipay.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();

        var impatient = ReadAsync(one.Text("body"), stop.Token);
        var patient = ReadAsync(one.Text("body"));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        alipay.Gate.SetResult();
        Assert.Equal(AlipayOutcome.Ok, (await patient).Outcome);
    }

    [Fact]
    public async Task A_download_that_fails_is_not_hammered()
    {
        var one = Response("rotated-sn");

        for (var i = 0; i < 5; i++)
            Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(one.Text("body"))).Outcome);
        Assert.Single(alipay.Asked);

        clock.Advance(TimeSpan.FromMinutes(1));
        alipay.Returns = one.Text("download_returns_base64");
        Assert.Equal(AlipayOutcome.Ok, (await ReadAsync(one.Text("body"))).Outcome);
        Assert.Equal(2, alipay.Asked.Count);
    }

    [Fact]
    public async Task However_many_numbers_are_made_up_few_are_asked_for()
    {
        for (var i = 0; i < 30; i++)
            await ReadAsync(Response("rotated-sn").Text("body").Replace(File.Text("alipay_new_cert_sn"), i.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));

        Assert.Equal(10, alipay.Asked.Count);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"alipay_open_app_alipaycert_download_response":{"code":"40002","sub_code":"isv.alipay-cert-not-exist"},"sign":"x"}""")]
    [InlineData("""{"alipay_open_app_alipaycert_download_response":{"code":"10000","alipay_cert_content":"not base64"}}""")]
    [InlineData("""{"alipay_open_app_alipaycert_download_response":{"code":"10000","alipay_cert_content":"eA=="}}""")]
    [InlineData("""{"alipay_open_app_alipaycert_download_response":{"code":"10000"}}""")]
    [InlineData("""{"alipay_open_app_alipaycert_download_response":[]}""")]
    [InlineData("""{"error_response":{"code":"10000","alipay_cert_content":""}}""")]
    public async Task Whatever_the_download_answers_nothing_is_guessed(string body)
    {
        alipay.Body = body;

        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(Response("rotated-sn").Text("body"))).Outcome);
        Assert.Single(alipay.Asked);
    }

    [Fact]
    public async Task A_fetched_certificate_outlives_a_restart()
    {
        var one = Response("rotated-sn");
        alipay.Returns = one.Text("download_returns_base64");
        await ReadAsync(one.Text("body"));

        using var restarted = Services();

        Assert.Equal(AlipayOutcome.Ok, (await ReadAsync(one.Text("body"), default, restarted)).Outcome);
        Assert.Single(alipay.Asked);
    }

    [Fact]
    public async Task A_kept_file_is_judged_like_a_download()
    {
        var kept = Directory.CreateDirectory(Path.Combine(folder.Path, "alipay-certificates")).FullName;
        System.IO.File.WriteAllText(Path.Combine(kept, File.Text("untrusted_cert_sn") + ".crt"), File.Text("untrusted_cert_pem"));
        System.IO.File.WriteAllText(Path.Combine(kept, File.Text("expired_cert_sn") + ".crt"), File.Text("expired_cert_pem"));
        System.IO.File.WriteAllText(Path.Combine(kept, new string('f', 32) + ".crt"), File.Text("alipay_new_cert_pem"));
        System.IO.File.WriteAllText(Path.Combine(kept, new string('e', 32) + ".crt"), "damaged");
        System.IO.File.WriteAllText(Path.Combine(kept, "readme.crt"), File.Text("alipay_new_cert_pem"));

        Assert.Equal(1, Keys.At(clock.Now).AlipayKeyCount);
        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(Response("unknown-sn-untrusted-download").Text("body"))).Outcome);
    }

    [Fact]
    public async Task A_process_beside_this_one_fetches_for_both()
    {
        var one = Response("rotated-sn");
        using var beside = Services();
        Assert.Equal(1, beside.GetRequiredService<AlipayKeyRing>().At(clock.Now).AlipayKeyCount);
        alipay.Returns = one.Text("download_returns_base64");

        await ReadAsync(one.Text("body"));
        var answer = await ReadAsync(one.Text("body"), default, beside);

        Assert.Equal((AlipayOutcome.Ok, 1), (answer.Outcome, alipay.Asked.Count));
    }

    [Fact]
    public async Task Notifications_and_returns_are_believed_by_every_certificate_at_hand()
    {
        var configured = Encoding.UTF8.GetBytes(FakeAlipay.Notification("CS1", "2026", Money.Yuan(1)));
        Assert.NotNull(AlipayNotification.Read(configured, Keys.At(clock.Now)).Message);
        Assert.Equal(1, Keys.At(clock.Now).AlipayKeyCount);

        alipay.Returns = Response("rotated-sn").Text("download_returns_base64");
        await ReadAsync(Response("rotated-sn").Text("body"));

        Assert.Equal(2, Keys.At(clock.Now).AlipayKeyCount);
        Assert.NotNull(AlipayNotification.Read(configured, Keys.At(clock.Now)).Message);
        Assert.NotNull(AlipayReturn.Read(FakeAlipay.Return("CS1", "2026", Money.Yuan(1)), Keys.At(clock.Now)).Message);
        Assert.Equal(AlipayRejection.WrongSignature, AlipayNotification.Read(configured, Keys.With([])).Rejection);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_believed_no_more()
    {
        var configured = Encoding.UTF8.GetBytes(FakeAlipay.Notification("CS1", "2026", Money.Yuan(1)));
        Assert.Equal(AlipayOutcome.Ok, (await ReadAsync(Response("known-sn").Text("body"))).Outcome);

        clock.Advance(new DateTimeOffset(2045, 12, 28, 0, 0, 0, TimeSpan.Zero) - clock.Now);

        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(Response("known-sn").Text("body"))).Outcome);
        Assert.Equal(AlipayOutcome.Reject, (await ReadAsync(Response("missing-sn").Text("body"))).Outcome);
        Assert.Equal(AlipayRejection.WrongSignature, AlipayNotification.Read(configured, Keys.At(clock.Now)).Rejection);
    }

    [Fact]
    public async Task Every_request_names_both_certificates_and_signs_that()
    {
        var options = services.GetRequiredService<IOptions<AlipayOptions>>().Value;
        var page = services.GetRequiredService<IPaymentGateway>()
            .PayPage(new PaymentRequest("CS1", Money.Yuan(1), "课程", clock.Now.AddMinutes(15), false, "https://shop.test/r", "https://shop.test/n", ""), clock.Now);
        await services.GetRequiredService<IPaymentGateway>().QueryAsync("CS1", CancellationToken.None);

        foreach (var form in (string[])[page[(options.GatewayUrl.Length + 1)..], alipay.Form])
        {
            var fields = HttpUtility.ParseQueryString(form);
            var text = string.Join('&', fields.AllKeys.Where(name => name != "sign").Order(StringComparer.Ordinal).Select(name => $"{name}={fields[name]}"));
            Assert.Equal((File.Text("app_cert_sn"), File.Text("alipay_root_cert_sn")), (fields["app_cert_sn"], fields["alipay_root_cert_sn"]));
            Assert.True(AlipaySignature.IsGenuine(Encoding.UTF8.GetBytes(text), fields["sign"], [Vectors.PublicKey("app")], AlipaySignType.Rsa2));
        }
    }

    [Fact]
    public void A_merchants_certificate_is_not_Alipays()
    {
        using var authority = new Authority();
        var (forApps, forAlipay) = (authority.Root.Issue("Class 1", isAuthority: true), authority.Root.Issue("Class 2", isAuthority: true));
        var app = Read(forApps.Issue("shop", isAuthority: false)).Single();
        var (impostor, issuer, renewed) = (forApps.Issue("支付宝", isAuthority: false), authority.Root.Issue("Class 3", isAuthority: true), forAlipay.Issue("Alipay", isAuthority: false));
        using var certificates = new AlipayCertificates(app, new(Read(authority.Root)), Read(forAlipay.Issue("Alipay", isAuthority: false), forAlipay), AlipaySignType.Rsa2);

        Assert.Equal("is not one of Alipay's own.", Add(impostor, forApps));
        Assert.Equal("is not one of Alipay's own.", Add(issuer));
        Assert.Null(Add(renewed)); // its issuer's came with the settings

        string? Add(params Authority.Issued[] file) => certificates.Add(Read(file), Read(file[0]).Single().Sn, clock.Now);
    }

    private static IReadOnlyList<AlipayCertificate> Read(params Authority.Issued[] file) => AlipayCertificateTests.Read(string.Concat(file.Select(one => one.Pem)));

    private static JsonElement Response(string id) => File.GetProperty("responses").EnumerateArray().Single(one => one.Text("id") == id);

    private Task<AlipayAnswer> ReadAsync(string body, CancellationToken stop = default, ServiceProvider? other = null) =>
        (other ?? services).GetRequiredService<ReadAnswer>().RunAsync(Encoding.UTF8.GetBytes(body), Method, stop);

    private ServiceProvider Services()
    {
        var collection = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(FakeAlipay.CertificateSettings(folder.Path)).Build();
        collection.AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(clock);
        collection.AddOptions<ShopOptions>().BindConfiguration("Shop");
        collection.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer>(_ => null!);
        collection.AddAlipay(configuration, isProduction: false);
        collection.AddHttpClient(AlipayClient.Name).ConfigurePrimaryHttpMessageHandler(() => alipay);
        return collection.BuildServiceProvider();
    }

    /// <summary>A gateway that knows about certificates only.</summary>
    private sealed class DownloadsOnly : HttpMessageHandler
    {
        public string Returns { get; set; } = "";
        public string? Body { get; set; }
        public TaskCompletionSource? Gate { get; set; }
        public string Form { get; private set; } = "";
        public ConcurrentQueue<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var fields = HttpUtility.ParseQueryString(Form);
            if (fields["method"] != Download)
                return new(HttpStatusCode.ServiceUnavailable);
            Asked.Enqueue(JsonElement.Parse(fields["biz_content"]!).Text("alipay_cert_sn"));
            if (Gate is not null)
                await Gate.Task;
            return new(HttpStatusCode.OK) { Content = new StringContent(Body ?? $$$"""{"alipay_open_app_alipaycert_download_response":{"code":"10000","msg":"Success","alipay_cert_content":"{{{Returns}}}"},"sign":"x"}""") };
        }
    }
}

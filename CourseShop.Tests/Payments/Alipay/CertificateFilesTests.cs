using System.Security.Cryptography;
using System.Text.Json;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Payments.Alipay;

/// <summary>What the start says about the files of certificate mode.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private const string App = "Alipay:AppCertificatePath";
    private const string Alipay = "Alipay:AlipayCertificatePath";
    private const string Root = "Alipay:AlipayRootCertificatePath";

    private static readonly JsonElement File = Vectors.File("cert_mode.json");

    private readonly ShopFolder folder = new();
    private readonly TestClock clock = new();
    private readonly Dictionary<string, string?> settings;

    public CertificateFilesTests() => settings = new(FakeAlipay.CertificateSettings(folder.Path), StringComparer.Ordinal);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_right_files_start() => Assert.Empty(Refusals());

    [Theory]
    [InlineData(App, "")]
    [InlineData(Alipay, "")]
    [InlineData(Root, "")]
    [InlineData(App, "/nowhere/app.crt")]
    [InlineData("Alipay:AppPrivateKeyPath", "/nowhere/key.pem")]
    public void A_file_that_is_not_there_is_named(string setting, string path)
    {
        settings[setting] = path;

        Assert.StartsWith($"{setting} ({path}) ", Assert.Single(Refusals()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(App, "alipay_cert_pem", "holds Alipay's certificate (支付宝公钥证书);")]
    [InlineData(App, "alipay_root_pem", "holds root certificates;")]
    [InlineData(App, "untrusted_cert_pem", "does not belong to the private key of Alipay:AppPrivateKeyPath")]
    [InlineData(Alipay, "app_cert_pem", "holds the app's own certificate (应用公钥证书);")]
    [InlineData(Alipay, "alipay_root_pem", "holds root certificates or an issuer's;")]
    [InlineData(Alipay, "untrusted_cert_pem", "holds a certificate that is not signed by the root file's certificates")]
    [InlineData(Alipay, "expired_cert_pem", "holds a certificate that ended on 2025-12-")]
    [InlineData(Root, "alipay_cert_pem", "holds no root certificate;")]
    [InlineData(Root, "app_cert_pem", "holds no root certificate;")]
    public void A_file_in_the_wrong_place_is_known(string setting, string member, string sentence)
    {
        System.IO.File.WriteAllText(settings[setting]!, File.Text(member));

        AssertSays(setting, sentence);
    }

    [Fact]
    public void Swapped_files_are_said_in_one_sentence()
    {
        (settings[App], settings[Alipay]) = (settings[Alipay], settings[App]);

        AssertSays(Alipay, "holds the app's own certificate (应用公钥证书);");
    }

    [Theory]
    [InlineData(App, "app", "public_spki_pem", "holds a public key;")]
    [InlineData(App, "app", "private_pkcs8_pem", "holds a private key;")]
    [InlineData(Alipay, "alipay", "public_spki_base64", "holds a public key;")]
    [InlineData(Root, "alipay", "public_spki_pem", "holds a public key;")]
    public void A_key_where_a_certificate_is_meant_is_known(string setting, string key, string form, string sentence)
    {
        System.IO.File.WriteAllText(settings[setting]!, Vectors.KeyText(key, form));

        AssertSays(setting, sentence);
    }

    [Fact]
    public void A_certificate_where_a_key_is_meant_is_known()
    {
        System.IO.File.WriteAllText(settings["Alipay:AppPrivateKeyPath"]!, File.Text("app_cert_pem"));
        AssertSays("Alipay:AppPrivateKeyPath", "holds a certificate; the key alone belongs here");

        System.IO.File.WriteAllText(settings["Alipay:AppPrivateKeyPath"]!, Vectors.KeyText("app", "private_pkcs8_pem"));
        (settings["Alipay:Mode"], settings["Alipay:AlipayPublicKeyPath"]) = ("PublicKey", settings[Alipay]);
        AssertSays("Alipay:AlipayPublicKeyPath", "holds a certificate; the key alone belongs here");
    }

    [Fact]
    public void An_app_certificate_made_for_another_key_is_the_most_frequent_error()
    {
        System.IO.File.WriteAllText(settings["Alipay:AppPrivateKeyPath"]!, Vectors.KeyText("other", "private_pkcs8_pem"));

        AssertSays(App, "does not belong to the private key of Alipay:AppPrivateKeyPath");
    }

    [Theory]
    [InlineData(-1000, "holds a certificate that begins only on 2024-11-27")]
    [InlineData(9000, "holds a certificate that ended on 20")]
    public void The_apps_certificate_is_in_force(int days, string sentence)
    {
        clock.Advance(TimeSpan.FromDays(days));

        AssertSays(App, sentence);
    }

    [Fact]
    public void An_old_certificate_of_Alipays_may_stand_beside_the_new_one()
    {
        System.IO.File.AppendAllText(settings[Alipay]!, File.Text("expired_cert_pem"));

        Assert.Empty(Refusals());
    }

    [Fact]
    public void Short_keys_and_other_kinds_are_refused()
    {
        using var authority = new Authority();
        using var shortKey = RSA.Create(1024);
        System.IO.File.WriteAllText(settings[Alipay]!, authority.Root.Issue("Alipay", isAuthority: false, key: shortKey).Pem);
        AssertSays(Alipay, "holds a certificate with a key of 1024 bits; RSA2 wants at least 2048.");

        System.IO.File.WriteAllText(settings[Root]!, authority.Root.Pem);
        settings["Alipay:SignType"] = "Rsa";
        Assert.Empty(Refusals());
    }

    [Theory]
    [InlineData("https://openapi.alipay.com/gateway.do", true)]
    [InlineData("http://openapi.alipay.com/gateway.do", false)]
    [InlineData("/alipay-simulator/gateway.do", false)]
    public void The_gateway_is_a_real_one(string url, bool isRight)
    {
        settings["Alipay:GatewayUrl"] = url;

        Assert.Equal(isRight, Refusals().Count == 0);
    }

    [Fact]
    public async Task Within_thirty_days_of_an_end_the_log_says_so_each_day()
    {
        using var keys = AlipayKeyRing.Load(Bound(), mustBePrivate: false, clock.Now);
        var log = new Lines();
        Assert.Empty(keys.Certificates!.EndingBefore(clock.Now.AddDays(30)));

        clock.Advance(new DateTimeOffset(2045, 12, 1, 0, 0, 0, TimeSpan.Zero) - clock.Now);
        using var worker = new CertificateEndWorker(keys, clock, log);
        await worker.StartAsync(CancellationToken.None);
        await log.Both.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal([App, Alipay], keys.Certificates.EndingBefore(clock.Now.AddDays(30)).Select(end => end.Setting));
        Assert.Equal(2, log.Count(line => line.Contains("ends on 2045-12-", StringComparison.Ordinal)));
    }

    private void AssertSays(string setting, string beginning)
    {
        var sentence = Assert.Single(Refusals());

        Assert.StartsWith($"{setting} ({settings[setting]}) {beginning}", sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Refusals()
    {
        using var services = Services();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }

    private AlipayOptions Bound()
    {
        using var services = Services();
        return services.GetRequiredService<IOptions<AlipayOptions>>().Value;
    }

    private ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddSingleton<TimeProvider>(clock).AddAlipay(configuration, isProduction: true).BuildServiceProvider();
    }

    private sealed class Lines : List<string>, ILogger<CertificateEndWorker>
    {
        public TaskCompletionSource Both { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
                Add(formatter(state, exception));
            if (Count == 2)
                Both.TrySetResult();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayRootsTests : IDisposable
{
    private static readonly JsonElement File = Vectors.File("cert_mode.json");
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AlipayRoots roots = new(AlipayCertificateTests.Read(File.Text("alipay_root_pem")));

    public static TheoryData<string> Chains => [.. File.GetProperty("chain_cases").EnumerateArray().Select(one => one.Text("id"))];

    public void Dispose() => roots.Dispose();

    [Theory]
    [MemberData(nameof(Chains))]
    public void Only_signatures_up_to_the_root_file_make_trust(string id)
    {
        var one = File.GetProperty("chain_cases").EnumerateArray().Single(one => one.Text("id") == id);
        var file = AlipayCertificateTests.Read(one.Text("pem"));

        var verdicts = AlipayCertificates.Leaves(file).Select(leaf => roots.WhyNotTrusted(leaf, file, Now)).ToList();

        Assert.NotEmpty(verdicts);
        Assert.All(verdicts, why => Assert.Equal(one.GetProperty("trusted").GetBoolean(), why is null));
    }

    [Theory]
    [InlineData(2024, 11, 1, "begins only on 2024-11-27")]
    [InlineData(2046, 1, 1, "ended on 2045-12-27")]
    public void A_certificate_is_in_force_from_its_first_day_to_its_last(int year, int month, int day, string why)
    {
        var file = AlipayCertificateTests.Read(File.Text("alipay_cert_pem"));

        Assert.StartsWith(why, roots.WhyNotTrusted(file[0], file, new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_issuer_that_has_ended_or_may_not_issue_makes_no_trust()
    {
        using var authority = new Authority();
        using var own = new AlipayRoots(AlipayCertificateTests.Read(authority.Root.Pem));
        var old = authority.Root.Issue("issuer", isAuthority: true, until: Now.AddDays(-1));
        var merchant = authority.Root.Issue("a merchant", isAuthority: false);

        Assert.NotNull(Why(own, old.Issue("Alipay", isAuthority: false), old));
        Assert.NotNull(Why(own, merchant.Issue("Alipay", isAuthority: false), merchant));
        Assert.Null(Why(own, merchant, authority.Root));
    }

    [Fact]
    public void The_machines_roots_are_nobodys()
    {
        var machines = Directory.Exists("/etc/ssl/certs") ? Directory.EnumerateFiles("/etc/ssl/certs", "*.pem").Take(5) : [];

        Assert.All(machines, path => Assert.NotNull(Why(AlipayCertificateTests.Read(System.IO.File.ReadAllText(path))[0])));
    }

    [Fact]
    public void Nothing_is_fetched_to_judge_a_certificate()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var authority = new Authority();
        using var own = new AlipayRoots(AlipayCertificateTests.Read(authority.Root.Pem));
        var issuer = authority.Root.Issue("issuer", isAuthority: true);
        var leaf = issuer.Issue("Alipay", isAuthority: false, address: $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/issuer.crt");

        Assert.NotNull(Why(own, leaf));
        Assert.Null(Why(own, leaf, issuer));
        Assert.False(listener.Pending());
    }

    [Fact]
    public void A_file_without_an_RSA_root_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var curve = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddYears(1));

        Assert.StartsWith("holds no RSA root certificate", Refusal(curve.ExportCertificatePem()), StringComparison.Ordinal);
        Assert.StartsWith("holds no root certificate", Refusal(File.Text("alipay_cert_pem")), StringComparison.Ordinal);
    }

    private string? Why(AlipayCertificate leaf) => roots.WhyNotTrusted(leaf, [], Now);

    private static string? Why(AlipayRoots roots, Authority.Issued leaf, params Authority.Issued[] beside) => roots.WhyNotTrusted(
        AlipayCertificateTests.Read(leaf.Pem)[0], beside.SelectMany(one => AlipayCertificateTests.Read(one.Pem)), Now);

    private static string Refusal(string pem) => Assert.Throws<AlipayKeyException>(() => new AlipayRoots(AlipayCertificateTests.Read(pem))).Message;
}

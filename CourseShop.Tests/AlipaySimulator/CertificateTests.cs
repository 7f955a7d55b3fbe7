using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CourseShop.AlipaySimulator;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The simulator in certificate mode, seen without the shop's client.</summary>
public sealed class CertificateTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    private SimulatorCertificates Certificates => host.Services.GetRequiredService<SimulatorKeys>().Certificates!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync(certificates: true);

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(null, "root", "isv.missing-app-cert-sn")]
    [InlineData("", "root", "isv.missing-app-cert-sn")]
    [InlineData("other", "root", "isv.app-cert-not-exist")]
    [InlineData("app", null, "isv.missing-alipay-root-cert-sn")]
    [InlineData("app", "other", "isv.invalid-alipay-root-cert-sn")]
    [InlineData("app", "root", "ACQ.TRADE_NOT_EXIST")]
    public async Task A_request_names_the_apps_certificate_and_the_root(string? app, string? root, string subCode)
    {
        var answer = await host.PostAsync(host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" },
            ("app_cert_sn", app == "app" ? Certificates.AppSn : app), ("alipay_root_cert_sn", root == "root" ? Certificates.RootSn : root)));

        var (node, isGenuine) = host.Side.Read(answer, "alipay_trade_query_response");
        Assert.Equal((subCode, true), (node.GetProperty("sub_code").GetString(), isGenuine));
        Assert.Contains(Certificates.Signer().Sn, Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_page_without_certificates_is_refused()
    {
        using var response = await host.Browser.GetAsync($"{SimulatorHost.Gateway}?{ShopSide.Escape(host.PayRequest("A1"))}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("missing-app-cert-sn", ShopSide.Gbk.GetString(await response.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_certificates_old_and_new_can_be_downloaded()
    {
        var old = Certificates.Signer().Sn;
        var young = Certificates.Rotate();

        foreach (var sn in (string[])[old, young])
        {
            var file = Encoding.UTF8.GetString(Convert.FromBase64String((await DownloadAsync(sn)).GetProperty("alipay_cert_content").GetString()!));
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(file);
            Assert.Equal((2, sn), (certificates.Count, CertificateIssuer.NumberIn(file)));
        }
        Assert.NotEqual(old, young);
        Assert.Equal("isv.alipay-cert-not-exist", (await DownloadAsync(new string('0', 32))).GetProperty("sub_code").GetString());
        Assert.Equal("isv.alipay-cert-not-exist", (await DownloadAsync("../signer")).GetProperty("sub_code").GetString());
    }

    [Fact]
    public async Task The_control_page_changes_the_certificate()
    {
        var before = Certificates.Signer().Sn;
        var page = await host.PageAsync(SimulatorHost.Control);
        Assert.Contains(before, page.Body!.TextContent, StringComparison.Ordinal);

        using var answer = await host.SubmitAsync(page.Forms.Single(form => form.QuerySelector("button")?.TextContent == "更换支付宝证书"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual(before, Certificates.Signer().Sn);
        Assert.Contains("支付宝证书已更换", (await host.PageAsync(SimulatorHost.Control)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_public_key_mode_there_is_nothing_to_change()
    {
        await using var plain = await SimulatorHost.StartAsync();

        var page = await plain.PageAsync(SimulatorHost.Control);

        Assert.DoesNotContain("证书", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(plain.Services.GetRequiredService<SimulatorKeys>().Certificates);
    }

    [Fact]
    public void They_are_made_once_however_many_begin_at_once_and_keys_are_their_owners()
    {
        var folder = Directory.CreateTempSubdirectory("simulator-").FullName;
        try
        {
            var numbers = Enumerable.Range(0, 4).AsParallel().Select(_ => new SimulatorKeys(folder, certificates: true).Certificates!.Signer().Sn).ToHashSet(StringComparer.Ordinal);

            Assert.Single(numbers);
            foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => File.ReadAllText(path).Contains("PRIVATE", StringComparison.Ordinal) && !OperatingSystem.IsWindows()))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_root_file_holds_a_decoy_and_the_root_that_everything_leads_to()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(Certificates.RootCertificatePath);
        var alipay = new X509Certificate2Collection();
        alipay.ImportFromPemFile(Certificates.AlipayCertificatePath);

        Assert.Equal(["1.2.840.10045.4.3.3", "1.2.840.113549.1.1.11"], roots.Select(root => root.SignatureAlgorithm.Value!));
        Assert.Equal(roots[1].Subject, alipay[1].Issuer);
        Assert.Equal(alipay[1].Subject, alipay[0].Issuer);
        using var app = X509Certificate2.CreateFromPem(File.ReadAllText(Certificates.AppCertificatePath));
        using var appKey = RSA.Create();
        appKey.ImportFromPem(File.ReadAllText(host.Services.GetRequiredService<SimulatorKeys>().AppPrivateKeyPath));
        Assert.Equal(appKey.ExportSubjectPublicKeyInfo(), app.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private async Task<System.Text.Json.JsonElement> DownloadAsync(string sn)
    {
        var answer = await host.PostAsync(host.Side.Request("alipay.open.app.alipaycert.download", new { alipay_cert_sn = sn },
            ("app_cert_sn", Certificates.AppSn), ("alipay_root_cert_sn", Certificates.RootSn)));
        return host.Side.Read(answer, "alipay_open_app_alipaycert_download_response").Node;
    }
}

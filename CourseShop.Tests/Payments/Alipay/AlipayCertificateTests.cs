using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayCertificateTests
{
    private static readonly JsonElement File = Vectors.File("cert_mode.json");

    public static TheoryData<string> Singles => [.. File.GetProperty("single_certs").EnumerateArray().Select(one => one.Text("sn"))];

    [Theory]
    [MemberData(nameof(Singles))]
    public void Its_number_is_the_hash_of_issuer_and_serial(string sn)
    {
        var pem = File.GetProperty("single_certs").EnumerateArray().Single(one => one.Text("sn") == sn).Text("pem");

        Assert.Equal(sn, Assert.Single(Read(pem)).Sn);
    }

    [Theory]
    [InlineData("app_cert")]
    [InlineData("alipay_cert")]
    [InlineData("alipay_new_cert")]
    [InlineData("untrusted_cert")]
    [InlineData("expired_cert")]
    public void A_file_is_known_by_the_one_in_it_that_issued_none_of_the_others(string name)
    {
        var leaf = Assert.Single(AlipayCertificates.Leaves(Read(File.Text(name + "_pem"))));

        Assert.Equal(File.Text(name + "_sn"), leaf.Sn);
        Assert.True(AlipayCertificate.IsSn(leaf.Sn));
    }

    [Fact]
    public void The_roots_number_counts_the_RSA_ones_only()
    {
        using var roots = new AlipayRoots(Read(File.Text("alipay_root_pem")));

        Assert.Equal(4, Read(File.Text("alipay_root_pem")).Count);
        Assert.Equal(File.Text("alipay_root_cert_sn"), roots.Sn);
    }

    [Fact]
    public void Names_are_written_as_Alipays_own_programs_write_them()
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName("#1;2\\"); // the builder begins with the most specific part, DER with the least
        name.AddEmailAddress("a@b.c");
        name.AddOrganizationName(" Ant, \"A\" + B <c> ");
        name.AddStateOrProvinceName("浙江");
        name.AddCountryOrRegion("CN");

        using var key = RSA.Create(1024);
        using var made = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .Create(name.Build(), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), [0x01, 0x00]);
        const string text = """CN=\#1\;2\\,1.2.840.113549.1.9.1=#16056140622e63,O=\ Ant\, \"A\" \+ B \<c\>\ ,ST=浙江,C=CN""";

        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text + "256"))), Assert.Single(Read(made.ExportCertificatePem())).Sn);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\\n")]
    [InlineData("\n    ")]
    public void Certificates_are_read_as_people_paste_them(string lineEnd)
    {
        var pem = "\uFEFFsubject=/C=CN\n" + File.Text("alipay_cert_pem").ReplaceLineEndings(lineEnd);

        Assert.Equal(2, Read(pem).Count);
        Assert.Equal(File.Text("alipay_cert_sn"), Read(pem)[0].Sn);
    }

    [Fact]
    public void Certificates_are_read_as_DER_as_bare_base64_and_in_UTF_16()
    {
        using var certificate = X509Certificate2.CreateFromPem(File.Text("app_cert_pem"));

        Assert.Equal(File.Text("app_cert_sn"), Assert.Single(CertificateText.Read(certificate.RawData)).Sn);
        Assert.Equal(File.Text("app_cert_sn"), Assert.Single(Read(Convert.ToBase64String(certificate.RawData))).Sn);
        Assert.Equal(File.Text("app_cert_sn"), Assert.Single(CertificateText.Read(Encoding.Unicode.GetBytes("\uFEFF" + File.Text("app_cert_pem")))).Sn);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData(" \r\n\uFEFF", "is empty.")]
    [InlineData("<html>404</html>", "holds no certificate that can be read: it is cut off, damaged, or something else.")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIID", "holds no certificate that can be read: it is cut off, damaged, or something else.")]
    public void Nonsense_is_refused_with_a_sentence(string text, string sentence) => Assert.Equal(sentence, Refusal(text));

    [Theory]
    [InlineData("public_spki_pem", "holds a public key;")]
    [InlineData("public_spki_base64", "holds a public key;")]
    [InlineData("private_pkcs8_pem", "holds a private key;")]
    [InlineData("private_pkcs1_base64", "holds a private key;")]
    public void A_key_is_told_from_a_certificate(string form, string beginning) => Assert.StartsWith(beginning, Refusal(Vectors.KeyText("app", form)), StringComparison.Ordinal);

    [Fact]
    public void Any_cut_is_refused_and_a_damaged_root_among_good_ones_too()
    {
        var pem = File.Text("app_cert_pem");
        for (var length = 0; length < pem.IndexOf("-----END", StringComparison.Ordinal); length += 7)
            Refusal(pem[..length]);

        using var certificate = X509Certificate2.CreateFromPem(pem);
        for (var length = 0; length < certificate.RawData.Length; length += 13)
            Assert.Throws<AlipayKeyException>(() => CertificateText.Read(certificate.RawData.AsMemory(0, length)));

        var damaged = certificate.RawData.ToArray();
        damaged[8] ^= 0x40; // inside what is signed: its outside still looks like a certificate
        Refusal(File.Text("alipay_root_pem") + new string(PemEncoding.Write("CERTIFICATE", damaged)));
    }

    [Fact]
    public void Threads_may_use_its_key_together()
    {
        var alipay = Read(File.Text("alipay_cert_pem"))[0];
        using var key = Vectors.PrivateKey("alipay");
        var sign = key.SignData("text"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var genuine = Enumerable.Range(0, 2000).AsParallel().Count(_ => alipay.Key!.VerifyData("text"u8, sign, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal(2000, genuine);
    }

    internal static IReadOnlyList<AlipayCertificate> Read(string text) => CertificateText.Read(Encoding.UTF8.GetBytes(text));

    private static string Refusal(string text) => Assert.Throws<AlipayKeyException>(() => Read(text)).Message;
}

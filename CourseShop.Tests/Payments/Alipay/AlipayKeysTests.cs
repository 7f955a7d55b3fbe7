using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayKeysTests : IDisposable
{
    private const string Cases = "key_formats.json";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("alipay-keys");

    public static TheoryData<string> Ids => Vectors.Ids(Cases);

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Keys_are_read_as_people_paste_them(string id)
    {
        var one = Vectors.Case(Cases, id);
        var text = one.Text("text");

        var keys = KeysIn(one.Text("kind"), text, out var refusal);

        if (one.Text("expect") == "accept")
            Assert.Equal(one.Text("spki_sha256"), Fingerprint(Assert.Single(keys)));
        else
            AssertIsSentence(refusal, text);
    }

    [Theory]
    [InlineData("private_pkcs1_pem")]
    [InlineData("private_pkcs8_base64")]
    public void A_literal_backslash_n_stands_for_a_line(string form)
    {
        var text = Vectors.KeyText("app", form).ReplaceLineEndings("\\n");

        using var key = AlipayKeys.ReadPrivate(text, AlipaySignType.Rsa2);

        Assert.Equal(Vectors.KeyText("app", "spki_sha256"), Fingerprint(key));
    }

    [Theory]
    [InlineData("public_spki_pem", "\n")]
    [InlineData("public_spki_pem", "")]
    [InlineData("public_spki_base64", "\n")]
    [InlineData("public_spki_base64", "\r\n\r\n")]
    public void A_public_key_file_may_hold_the_old_and_the_new_key(string form, string between)
    {
        var text = Vectors.KeyText("alipay", form) + between + Vectors.KeyText("alipay_new", form);

        var keys = AlipayKeys.ReadPublic(text, AlipaySignType.Rsa2);

        Assert.Equal([Vectors.KeyText("alipay", "spki_sha256"), Vectors.KeyText("alipay_new", "spki_sha256")], keys.Select(Fingerprint), StringComparer.Ordinal);
    }

    [Fact]
    public void Wrapped_bare_keys_are_told_apart_by_blank_lines_and_remarks_are_passed_over()
    {
        var wrapped = string.Join("\n", Vectors.KeyText("alipay", "public_spki_base64").Chunk(64).Select(line => new string(line)));
        var remarked = "Alipay, until 2026-12:\n" + Vectors.KeyText("alipay", "public_spki_pem") + "\nthe next one:\n" + Vectors.KeyText("alipay_new", "public_spki_pem");

        Assert.Equal(2, AlipayKeys.ReadPublic(wrapped + "\n\n" + Vectors.KeyText("alipay_new", "public_spki_base64"), AlipaySignType.Rsa2).Count);
        Assert.Equal(2, AlipayKeys.ReadPublic(remarked, AlipaySignType.Rsa2).Count);
        Assert.Equal(2, AlipayKeys.ReadPublic(Vectors.KeyText("alipay", "public_spki_pem") + Vectors.KeyText("alipay_new", "public_spki_base64"), AlipaySignType.Rsa2).Count);
    }

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIB\n-----END RSA PRIVATE KEY-----")]
    [InlineData(" \r\n\uFEFF")]
    [InlineData("MAA=")]
    [InlineData("MAMCAQA=")]
    public void Nonsense_is_refused_with_a_sentence(string text)
    {
        Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPublic(text, AlipaySignType.Rsa2));
        AssertIsSentence(Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPrivate(text, AlipaySignType.Rsa2)).Message, "");
    }

    [Fact]
    public void Certificates_and_keys_of_other_kinds_are_told_apart()
    {
        using var rsa = Vectors.PrivateKey("other");
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        var passphrase = new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1);

        Assert.Equal("holds a certificate; the key alone belongs here (certificates are for Alipay:Mode Certificate).", RefusalOfPublic(certificate.ExportCertificatePem()));
        Assert.Equal("holds a key that is not RSA.", RefusalOfPublic(curve.ExportSubjectPublicKeyInfoPem()));
        Assert.Equal("holds a key that is not RSA.", RefusalOfPrivate(curve.ExportECPrivateKeyPem()));
        Assert.StartsWith("holds a key under a passphrase", RefusalOfPrivate(rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", passphrase)), StringComparison.Ordinal);
        Assert.StartsWith("holds more than one key", RefusalOfPrivate(rsa.ExportPkcs8PrivateKeyPem() + "\n" + rsa.ExportRSAPrivateKeyPem()), StringComparison.Ordinal);

        static string RefusalOfPublic(string text) => Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPublic(text, AlipaySignType.Rsa2)).Message;
        static string RefusalOfPrivate(string text) => Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPrivate(text, AlipaySignType.Rsa2)).Message;
    }

    [Fact]
    public void Any_cut_of_a_key_is_refused()
    {
        var text = Vectors.KeyText("app", "private_pkcs8_base64");

        for (var length = 0; length < text.Length; length++)
            Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPrivate(text[..length], AlipaySignType.Rsa2));
    }

    [Fact]
    public void Short_keys_serve_only_the_old_algorithm()
    {
        var text = Vectors.KeyText("alipay_rsa1", "public_spki_pem");

        Assert.Contains("1024 bits", Assert.Throws<AlipayKeyException>(() => AlipayKeys.ReadPublic(text, AlipaySignType.Rsa2)).Message, StringComparison.Ordinal);
        Assert.Equal(1024, Assert.Single(AlipayKeys.ReadPublic(text, AlipaySignType.Rsa)).KeySize);
    }

    [Fact]
    public void Loading_reads_both_files()
    {
        var options = Files("private_pkcs1_pem", Vectors.KeyText("alipay", "public_spki_pem") + Vectors.KeyText("alipay_new", "public_spki_pem"));

        using var keys = AlipayKeyRing.Load(options, mustBePrivate: false, DateTimeOffset.UnixEpoch);

        Assert.Equal(2, keys.AlipayKeyCount);
        Assert.NotEmpty(keys.Sign("text"u8));
    }

    [Fact]
    public void The_apps_own_public_key_is_not_Alipays()
    {
        var options = Files("private_pkcs8_pem", Vectors.KeyText("app", "public_spki_base64"));

        var refusal = Assert.Throws<AlipayKeyException>(() => AlipayKeyRing.Load(options, mustBePrivate: false, DateTimeOffset.UnixEpoch));

        Assert.StartsWith($"Alipay:AlipayPublicKeyPath ({options.AlipayPublicKeyPath}) holds the app's own public key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_with_its_setting_and_path()
    {
        var options = Files("private_pkcs8_pem", "");
        options.AppPrivateKeyPath = Path.Combine(folder.FullName, "nowhere.pem");

        var refusal = Assert.Throws<AlipayKeyException>(() => AlipayKeyRing.Load(options, mustBePrivate: false, DateTimeOffset.UnixEpoch));

        Assert.Equal($"Alipay:AppPrivateKeyPath ({options.AppPrivateKeyPath}) is not there.", refusal.Message);
    }

    [Fact]
    public void In_Production_a_private_key_is_private()
    {
        var options = Files("private_pkcs8_pem", Vectors.KeyText("alipay", "public_spki_pem"));
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(options.AppPrivateKeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var refusal = Assert.Throws<AlipayKeyException>(() => AlipayKeyRing.Load(options, mustBePrivate: true, DateTimeOffset.UnixEpoch));
        AlipayKeyRing.Load(options, mustBePrivate: false, DateTimeOffset.UnixEpoch).Dispose();
        File.SetUnixFileMode(options.AppPrivateKeyPath, UnixFileMode.UserRead);
        AlipayKeyRing.Load(options, mustBePrivate: true, DateTimeOffset.UnixEpoch).Dispose();

        Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
    }

    private AlipayOptions Files(string privateForm, string publicText)
    {
        var options = new AlipayOptions
        {
            AppPrivateKeyPath = Path.Combine(folder.FullName, "app.pem"),
            AlipayPublicKeyPath = Path.Combine(folder.FullName, "alipay.pem"),
        };
        File.WriteAllText(options.AppPrivateKeyPath, Vectors.KeyText("app", privateForm));
        File.WriteAllText(options.AlipayPublicKeyPath, publicText);
        return options;
    }

    private static IReadOnlyList<RSA> KeysIn(string kind, string text, out string? refusal)
    {
        refusal = null;
        try
        {
            return kind == "private" ? [AlipayKeys.ReadPrivate(text, AlipaySignType.Rsa2)] : AlipayKeys.ReadPublic(text, AlipaySignType.Rsa2);
        }
        catch (AlipayKeyException exception)
        {
            refusal = exception.Message;
            return [];
        }
    }

    private static string Fingerprint(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static void AssertIsSentence(string? refusal, string text)
    {
        Assert.NotNull(refusal);
        Assert.Matches(@"^(is|holds) [^\n]{5,120}\.$", refusal);
        Assert.DoesNotContain(text.Split('\n').Where(line => line.Length > 12), line => refusal.Contains(line[..12], StringComparison.Ordinal));
    }
}

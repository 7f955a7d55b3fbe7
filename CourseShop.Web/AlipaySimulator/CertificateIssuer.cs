using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CourseShop.AlipaySimulator;

/// <summary>Issues certificates. Each is written as PEM under a line with its number, which is reckoned from the issuer's name as it was chosen, not as it is encoded.</summary>
/// <param name="CommonName">Of the issuer; the rest of its name is always the same.</param>
/// <param name="Certificate">The issuer's own, as PEM with its number.</param>
/// <param name="PrivateKey">PEM.</param>
public sealed record CertificateIssuer(string CommonName, string Certificate, string PrivateKey)
{
    private const string Label = "alipay_cert_sn: ";
    private const string Rest = "OU=Simulator,O=CourseShop,C=CN";

    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2049, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An issuer that signs its own certificate.</summary>
    public static CertificateIssuer Root(string commonName)
    {
        using var key = RSA.Create(2048);
        return new(commonName, Issue(commonName, commonName, key, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), isAuthority: true), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A root of another algorithm, as they stand in Alipay's file too.</summary>
    public static string Decoy(string commonName, ECDsa key)
    {
        var request = new CertificateRequest(NameOf(commonName), key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(From, Until);
        return made.ExportCertificatePem() + "\n";
    }

    /// <summary>Reads what <see cref="Text"/> wrote.</summary>
    public static CertificateIssuer Read(string text)
    {
        var lines = text.Split('\n', 2);
        var key = lines[1].IndexOf("-----BEGIN PRIVATE KEY", StringComparison.Ordinal);
        return new(lines[0], lines[1][..key], lines[1][key..]);
    }

    /// <summary>The number that stands over the first certificate that has one.</summary>
    public static string NumberIn(string text) => text.Substring(text.IndexOf(Label, StringComparison.Ordinal) + Label.Length, 32);

    /// <summary>Name, certificate and key, to be kept.</summary>
    public string Text() => $"{CommonName}\n{Certificate}{PrivateKey}";

    /// <summary>Another issuer under this one.</summary>
    public CertificateIssuer Authority(string commonName)
    {
        using var key = RSA.Create(2048);
        return new(commonName, Certify(commonName, key, isAuthority: true), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A certificate of this issuer's for a public key.</summary>
    public string Certify(string commonName, RSA key, bool isAuthority = false)
    {
        using var own = RSA.Create();
        own.ImportFromPem(PrivateKey);
        return Issue(CommonName, commonName, key, X509SignatureGenerator.CreateForRSA(own, RSASignaturePadding.Pkcs1), isAuthority);
    }

    private static string Issue(string issuer, string subject, RSA key, X509SignatureGenerator signer, bool isAuthority)
    {
        var request = new CertificateRequest(NameOf(subject), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] |= 0x80; // Alipay's go up to the top bit too
        using var made = request.Create(NameOf(issuer), signer, From, Until, serial);
        return $"{Label}{NumberOf(issuer, serial)}\n{made.ExportCertificatePem()}\n";
    }

    private static string NumberOf(string issuer, byte[] serial)
    {
        var text = $"CN={issuer},{Rest}{new BigInteger(serial, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture)}";
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static X500DistinguishedName NameOf(string commonName) => new($"CN=\"{commonName}\",{Rest}");
}

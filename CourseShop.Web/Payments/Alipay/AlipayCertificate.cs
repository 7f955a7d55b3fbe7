using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>One certificate of certificate mode (公钥证书): whose key it is, from when to when, and the number by which Alipay names it.</summary>
public sealed class AlipayCertificate : IDisposable
{
    private const string RsaSignatures = "1.2.840.113549.1.1";

    private readonly X509Certificate2 certificate;

    /// <summary>Takes the certificate over.</summary>
    /// <param name="certificate">Of any algorithm; only RSA ones can be used for more than being listed.</param>
    public AlipayCertificate(X509Certificate2 certificate)
    {
        this.certificate = certificate;
        var serial = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        var named = CertificateName.Rfc2253(certificate.IssuerName) + serial.ToString(CultureInfo.InvariantCulture);
        Sn = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(named))); // a name, no protection
        Key = KeyOf(certificate);
        (From, Until) = (new(certificate.NotBefore.ToUniversalTime()), new(certificate.NotAfter.ToUniversalTime()));
    }

    /// <summary>Alipay's number of it (app_cert_sn, alipay_cert_sn): 32 hexadecimal digits over issuer and serial number.</summary>
    public string Sn { get; }

    /// <summary>Its public key; null where that is not RSA. Using it does not change it: any number of threads may.</summary>
    public RSA? Key { get; }

    /// <summary>Its issuer signed it with RSA. Only such roots are counted in alipay_root_cert_sn.</summary>
    public bool HasRsaSignature => certificate.SignatureAlgorithm.Value?.StartsWith(RsaSignatures, StringComparison.Ordinal) == true;

    /// <summary>Its first moment, UTC.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Its last moment, UTC.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Subject and issuer have one name, as a root's have.</summary>
    public bool IsRoot => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>It may sign other certificates.</summary>
    public bool IsAuthority => certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    /// <summary>It has the form of a number; anything may stand in an answer.</summary>
    public static bool IsSn(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    internal X509Certificate2 Framework => certificate;

    /// <summary>It is in force at this time.</summary>
    public bool IsValidAt(DateTimeOffset now) => From <= now && now <= Until;

    /// <summary>The other one names this one as its issuer. Whether it tells the truth is for <see cref="AlipayRoots"/> to say.</summary>
    public bool IsNamedBy(AlipayCertificate other) => other != this && other.certificate.IssuerName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData);

    /// <summary>Both were issued under one name.</summary>
    public bool HasIssuerOf(AlipayCertificate other) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(other.certificate.IssuerName.RawData);

    /// <summary>It holds the public half of this key.</summary>
    public bool BelongsTo(RSA key) =>
        Key is not null && Key.ExportParameters(includePrivateParameters: false).Modulus.AsSpan().SequenceEqual(key.ExportParameters(includePrivateParameters: false).Modulus);

    /// <inheritdoc />
    public void Dispose()
    {
        Key?.Dispose();
        certificate.Dispose();
    }

    private static RSA? KeyOf(X509Certificate2 certificate)
    {
        try
        {
            return certificate.GetRSAPublicKey();
        }
        catch (CryptographicException)
        {
            return null; // says that it is RSA, and is not
        }
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// Reads certificates as they are downloaded and pasted: PEM (several, remarks between them, CR LF, a BOM), bare base64, DER.
/// Every refusal is an <see cref="AlipayKeyException"/> with one sentence that follows the name of a setting.
/// </summary>
public static class CertificateText
{
    private const string Unreadable = "holds no certificate that can be read: it is cut off, damaged, or something else.";

    /// <summary>All certificates of a file, in its order. Passed over are those of algorithms that this platform can't even load (SM2 on some).</summary>
    /// <exception cref="AlipayKeyException">It is empty, holds a key, or something that can't be read.</exception>
    public static IReadOnlyList<AlipayCertificate> Read(ReadOnlyMemory<byte> file)
    {
        var ders = Ders(file.Span).ToList();
        if (ders.Count == 0)
            throw new AlipayKeyException("is empty.");
        var certificates = ders.Select(der => Load(der, mayBePassedOver: ders.Count > 1)).OfType<AlipayCertificate>().ToList();
        return certificates.Count > 0 ? certificates : throw new AlipayKeyException(Unreadable);
    }

    private static IEnumerable<byte[]> Ders(ReadOnlySpan<byte> file)
    {
        if (DerKey.TryRead(Convert.ToBase64String(file), out var binary))
            return [CertificateIn(binary)];

        using var reader = new StreamReader(new MemoryStream(file.ToArray()), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return KeyText.Blocks(reader.ReadToEnd()).Select(block => DerKey.TryRead(block.Base64, out var text) ? CertificateIn(text) : throw new AlipayKeyException(Unreadable));
    }

    private static byte[] CertificateIn(DerKey key) => key.Kind switch
    {
        DerKind.Certificate => key.Der,
        DerKind.PublicPkcs1 or DerKind.PublicSpki => throw new AlipayKeyException("holds a public key; a certificate (公钥证书) belongs here, or Alipay:Mode is to be PublicKey."),
        DerKind.PrivatePkcs1 or DerKind.PrivatePkcs8 or DerKind.EncryptedPkcs8 => throw new AlipayKeyException("holds a private key; a certificate (公钥证书) belongs here."),
        _ => throw new AlipayKeyException("holds a key that is not RSA; a certificate (公钥证书) belongs here."),
    };

    private static AlipayCertificate? Load(byte[] der, bool mayBePassedOver)
    {
        try
        {
            return new(X509CertificateLoader.LoadCertificate(der));
        }
        catch (Exception failure) when (failure is CryptographicException or System.Formats.Asn1.AsnContentException)
        {
            return mayBePassedOver && !DerKey.IsSignedWithRsa(der) ? null : throw new AlipayKeyException(Unreadable);
        }
    }
}

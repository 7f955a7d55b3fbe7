using System.Formats.Asn1;

namespace CourseShop.Payments.Alipay;

/// <summary>What a key's DER says it is, whatever header stood around it.</summary>
internal enum DerKind
{
    PrivatePkcs1,
    PrivatePkcs8,
    PublicPkcs1,
    PublicSpki,
    EncryptedPkcs8,
    NotRsa,
    Certificate,
}

/// <summary>A whole DER value of a known kind.</summary>
internal sealed record DerKey(DerKind Kind, byte[] Der)
{
    private const string RsaFamily = "1.2.840.113549.1.1.";
    private const string RsaOid = RsaFamily + "1";

    /// <summary>False for what is no base64, no DER, cut off, followed by something, or no key.</summary>
    internal static bool TryRead(string base64, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DerKey? key)
    {
        key = null;
        var der = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, der, out var length))
            return false;

        try
        {
            der = der[..length];
            key = KindOf(der) is { } kind ? new DerKey(kind, der) : null;
        }
        catch (AsnContentException)
        {
            // not DER: the answer is false
        }
        return key is not null;
    }

    /// <summary>The certificate's own algorithm identifier, which stands behind what is signed, is an RSA one.</summary>
    internal static bool IsSignedWithRsa(byte[] certificate)
    {
        var outer = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        outer.ReadSequence();
        return outer.ReadSequence().ReadObjectIdentifier().StartsWith(RsaFamily, StringComparison.Ordinal);
    }

    private static DerKind? KindOf(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var key = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        return key.PeekTag() == Asn1Tag.Integer ? KindAfterVersion(key) : KindAfterAlgorithm(key);
    }

    private static DerKind? KindAfterVersion(AsnReader key)
    {
        key.ReadInteger();
        var second = key.PeekTag();
        if (second == Asn1Tag.Sequence)
            return IsRsa(key.ReadSequence()) ? DerKind.PrivatePkcs8 : DerKind.NotRsa;
        if (second != Asn1Tag.Integer)
            return second == Asn1Tag.PrimitiveOctetString ? DerKind.NotRsa : null;

        key.ReadInteger();
        return key.HasData ? DerKind.PrivatePkcs1 : DerKind.PublicPkcs1;
    }

    private static DerKind? KindAfterAlgorithm(AsnReader key)
    {
        var algorithm = key.ReadSequence();
        var second = key.PeekTag();
        if (second == Asn1Tag.PrimitiveBitString)
            return IsRsa(algorithm) ? DerKind.PublicSpki : DerKind.NotRsa;
        if (second == Asn1Tag.PrimitiveOctetString)
            return DerKind.EncryptedPkcs8;
        return second == Asn1Tag.Sequence ? DerKind.Certificate : null;
    }

    private static bool IsRsa(AsnReader algorithm) => algorithm.ReadObjectIdentifier() == RsaOid;
}

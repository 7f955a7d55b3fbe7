using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>加签 and 验签: RSA with PKCS#1 v1.5 over SHA-256 (RSA2) or SHA-1 (RSA), written as base64.</summary>
public static class AlipaySignature
{
    /// <summary>The value of the field sign_type.</summary>
    public static string OnTheWire(this AlipaySignType type) => type == AlipaySignType.Rsa ? "RSA" : "RSA2";

    /// <summary>Shorter keys are refused.</summary>
    public static int LeastBits(this AlipaySignType type) => type == AlipaySignType.Rsa ? 1024 : 2048;

    /// <summary>What a request's signature covers: all fields but <c>sign</c> that are not empty, by name in ordinal order, <c>name=value</c> with raw values, joined by &amp;.</summary>
    public static string CanonicalText(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields
            .Where(field => field.Key != "sign" && field.Value.Length > 0)
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={field.Value}"));

    /// <summary>Signs bytes with a private key; base64 in one line.</summary>
    public static string Sign(ReadOnlySpan<byte> text, RSA key, AlipaySignType type) =>
        Convert.ToBase64String(key.SignData(text, HashOf(type), RSASignaturePadding.Pkcs1));

    /// <summary>True when one of the public keys confirms the signature. Refuses anything but plain canonical base64.</summary>
    public static bool IsGenuine(ReadOnlySpan<byte> text, string? sign, IEnumerable<RSA> keys, AlipaySignType type)
    {
        if (string.IsNullOrEmpty(sign))
            return false;
        var signature = new byte[sign.Length];
        if (!Convert.TryFromBase64String(sign, signature, out var length) || Convert.ToBase64String(signature, 0, length) != sign)
            return false;

        foreach (var key in keys)
        {
            if (key.VerifyData(text, signature.AsSpan(0, length), HashOf(type), RSASignaturePadding.Pkcs1))
                return true;
        }
        return false;
    }

    private static HashAlgorithmName HashOf(AlipaySignType type) => type == AlipaySignType.Rsa ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
}

using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// The app's private key and Alipay's public keys (several while Alipay changes its key), imported once and used by all threads:
/// neither the framework nor OpenSSL changes an imported key by using it, and a test holds that.
/// In certificate mode Alipay's keys are those of the certificates at hand; see <see cref="At"/>.
/// </summary>
public sealed class AlipayKeyRing(RSA appPrivateKey, IReadOnlyList<RSA> alipayPublicKeys, AlipaySignType signType) : IDisposable
{
    /// <summary>The one algorithm that is signed with and accepted.</summary>
    public AlipaySignType SignType => signType;

    /// <summary>How many public keys of Alipay are accepted at present.</summary>
    public int AlipayKeyCount => alipayPublicKeys.Count;

    /// <summary>The certificates of certificate mode; null in public key mode.</summary>
    public AlipayCertificates? Certificates { get; private init; }

    /// <summary>Signs with the app's private key; base64.</summary>
    public string Sign(ReadOnlySpan<byte> text) => AlipaySignature.Sign(text, appPrivateKey, signType);

    /// <summary>True when Alipay signed these bytes with any of its accepted keys.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> text, string? sign) => AlipaySignature.IsGenuine(text, sign, alipayPublicKeys, signType);

    /// <summary>The ring as it is at this time: certificates come and end. For messages that don't say who signed them.</summary>
    public AlipayKeyRing At(DateTimeOffset now) => Certificates is null ? this : With(Certificates.KeysAt(now));

    /// <summary>The ring with these keys of Alipay's only; without any, nothing is genuine. It shares all keys with this one: this one is to be disposed of.</summary>
    public AlipayKeyRing With(IReadOnlyList<RSA> keys) => new(appPrivateKey, keys, signType) { Certificates = Certificates };

    /// <summary>
    /// Reads the key files, or in certificate mode the key and the certificates. Refuses (<see cref="AlipayKeyException"/>, with setting and path) what
    /// <see cref="AlipayKeys"/> and <see cref="CertificateFiles"/> refuse, the app's own public key where Alipay's is meant, and, where asked, a private key
    /// file that others can read.
    /// </summary>
    /// <param name="options">Names the files.</param>
    /// <param name="mustBePrivate">On Unix, the private key's file must not be open to group or others (Production).</param>
    /// <param name="now">UTC; certificates have to be in force.</param>
    public static AlipayKeyRing Load(AlipayOptions options, bool mustBePrivate, DateTimeOffset now)
    {
        var appKey = KeyFile.ReadText("Alipay:AppPrivateKeyPath", options.AppPrivateKeyPath, mustBePrivate, text => AlipayKeys.ReadPrivate(text, options.SignType));
        if (options.UsesCertificates)
            return new(appKey, [], options.SignType) { Certificates = CertificateFiles.Load(options, appKey, now) };

        var alipayKeys = KeyFile.ReadText("Alipay:AlipayPublicKeyPath", options.AlipayPublicKeyPath, mustBePrivate: false, text =>
        {
            var keys = AlipayKeys.ReadPublic(text, options.SignType);
            var own = appKey.ExportParameters(includePrivateParameters: false).Modulus;
            if (keys.Any(key => key.ExportParameters(includePrivateParameters: false).Modulus.AsSpan().SequenceEqual(own)))
                throw new AlipayKeyException("holds the app's own public key (应用公钥); Alipay's (支付宝公钥), shown beside it, belongs here.");
            return keys;
        });
        return new(appKey, alipayKeys, options.SignType);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        appPrivateKey.Dispose();
        foreach (var key in alipayPublicKeys)
            key.Dispose();
        Certificates?.Dispose();
    }
}

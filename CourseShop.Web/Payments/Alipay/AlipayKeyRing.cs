using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// The app's private key and Alipay's public keys (several while Alipay changes its key), imported once and used by all threads:
/// neither the framework nor OpenSSL changes an imported key by using it, and a test holds that.
/// </summary>
public sealed class AlipayKeyRing(RSA appPrivateKey, IReadOnlyList<RSA> alipayPublicKeys, AlipaySignType signType) : IDisposable
{
    private const long LongestFile = 64 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The one algorithm that is signed with and accepted.</summary>
    public AlipaySignType SignType => signType;

    /// <summary>How many public keys of Alipay are accepted at present.</summary>
    public int AlipayKeyCount => alipayPublicKeys.Count;

    /// <summary>Signs with the app's private key; base64.</summary>
    public string Sign(ReadOnlySpan<byte> text) => AlipaySignature.Sign(text, appPrivateKey, signType);

    /// <summary>True when Alipay signed these bytes with any of its accepted keys.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> text, string? sign) => AlipaySignature.IsGenuine(text, sign, alipayPublicKeys, signType);

    /// <summary>
    /// Reads both key files. Refuses (<see cref="AlipayKeyException"/>, with setting and path) what <see cref="AlipayKeys"/> refuses,
    /// the app's own public key where Alipay's is meant, and, where asked, a private key file that others can read.
    /// </summary>
    /// <param name="options">Names both files.</param>
    /// <param name="mustBePrivate">On Unix, the private key's file must not be open to group or others (Production).</param>
    public static AlipayKeyRing Load(AlipayOptions options, bool mustBePrivate)
    {
        var appKey = Read("Alipay:AppPrivateKeyPath", options.AppPrivateKeyPath, mustBePrivate, text => AlipayKeys.ReadPrivate(text, options.SignType));
        var alipayKeys = Read("Alipay:AlipayPublicKeyPath", options.AlipayPublicKeyPath, mustBePrivate: false, text =>
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
    }

    private static T Read<T>(string setting, string path, bool mustBePrivate, Func<string, T> read)
    {
        try
        {
            return read(TextOf(path, mustBePrivate));
        }
        catch (AlipayKeyException exception)
        {
            throw new AlipayKeyException($"{setting} ({path}) {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AlipayKeyException($"{setting} ({path}) can't be read: {exception.GetType().Name}.");
        }
    }

    private static string TextOf(string path, bool mustBePrivate)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new AlipayKeyException("names no file.");

        var file = new FileInfo(path);
        if (!file.Exists)
            throw new AlipayKeyException("is not there.");
        if (file.Length > LongestFile)
            throw new AlipayKeyException("is too long for a key file.");
        if (mustBePrivate && !OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != UnixFileMode.None)
            throw new AlipayKeyException("is open to other users of this machine; run chmod 600 on it.");
        return File.ReadAllText(path);
    }
}

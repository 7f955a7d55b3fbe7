using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// Reads the keys that operators paste. Looks at the DER, not at the header: people wrap either form in either.
/// Every refusal is an <see cref="AlipayKeyException"/> with one sentence that follows the name of a setting ("… is empty.").
/// </summary>
public static class AlipayKeys
{
    private const string Unreadable = "holds no key that can be read: it is cut off, damaged, or something else.";

    /// <summary>The app's private key: PKCS#1 or PKCS#8. Refuses public, encrypted, short and non-RSA keys, and more than one.</summary>
    public static RSA ReadPrivate(string text, AlipaySignType signType)
    {
        var blocks = BlocksOf(text);
        if (blocks.Count > 1)
            throw new AlipayKeyException("holds more than one key; the app has one private key.");

        var key = Read(blocks[0]);
        return key.Kind switch
        {
            DerKind.PrivatePkcs1 => Import(signType, rsa => rsa.ImportRSAPrivateKey(key.Der, out _)),
            DerKind.PrivatePkcs8 => Import(signType, rsa => rsa.ImportPkcs8PrivateKey(key.Der, out _)),
            DerKind.PublicPkcs1 or DerKind.PublicSpki => throw new AlipayKeyException("holds a public key; the app's private key (应用私钥) belongs here."),
            _ => throw Useless(key.Kind),
        };
    }

    /// <summary>Alipay's public keys, one or several: SubjectPublicKeyInfo or PKCS#1. Refuses private, short and non-RSA keys; one bad key refuses the file.</summary>
    public static IReadOnlyList<RSA> ReadPublic(string text, AlipaySignType signType)
    {
        var keys = new List<RSA>();
        foreach (var key in BlocksOf(text).Select(Read))
        {
            keys.Add(key.Kind switch
            {
                DerKind.PublicPkcs1 => Import(signType, rsa => rsa.ImportRSAPublicKey(key.Der, out _)),
                DerKind.PublicSpki => Import(signType, rsa => rsa.ImportSubjectPublicKeyInfo(key.Der, out _)),
                DerKind.PrivatePkcs1 or DerKind.PrivatePkcs8 => throw new AlipayKeyException("holds a private key; Alipay's public key (支付宝公钥) belongs here."),
                _ => throw Useless(key.Kind),
            });
        }
        return keys;
    }

    private static List<KeyText.Block> BlocksOf(string text)
    {
        var blocks = KeyText.Blocks(text);
        return blocks.Count > 0 ? blocks : throw new AlipayKeyException("is empty.");
    }

    private static DerKey Read(KeyText.Block block)
    {
        if (block.Base64.Contains("4,ENCRYPTED", StringComparison.Ordinal))   // the old way: "Proc-Type: 4,ENCRYPTED" inside the block
            throw Useless(DerKind.EncryptedPkcs8);
        return DerKey.TryRead(block.Base64, out var key) ? key : throw new AlipayKeyException(Unreadable);
    }

    private static AlipayKeyException Useless(DerKind kind) => new(kind switch
    {
        DerKind.EncryptedPkcs8 => "holds a key under a passphrase; store the key itself, readable only by the shop's user.",
        DerKind.Certificate => "holds a certificate; the key alone belongs here (certificates are for Alipay:Mode Certificate).",
        _ => "holds a key that is not RSA.",
    });

    private static RSA Import(AlipaySignType signType, Action<RSA> import)
    {
        var rsa = RSA.Create();
        try
        {
            import(rsa);
        }
        catch (CryptographicException)
        {
            rsa.Dispose();
            throw new AlipayKeyException(Unreadable);
        }

        var least = signType.LeastBits();
        if (rsa.KeySize >= least)
            return rsa;

        var size = rsa.KeySize;
        rsa.Dispose();
        throw new AlipayKeyException($"holds a key of {size} bits; {signType.OnTheWire()} wants at least {least}.");
    }
}

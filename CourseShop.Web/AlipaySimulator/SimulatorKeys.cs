using System.Security.Cryptography;
using System.Text;

namespace CourseShop.AlipaySimulator;

/// <summary>Both key pairs, the shop's and the simulated Alipay's: made at first use, kept in the data folder, the private ones readable by their owner only.</summary>
public sealed class SimulatorKeys
{
    /// <summary>The only app that this Alipay knows.</summary>
    public const string AppId = "2021000000000001";

    /// <summary>The account that the money goes to.</summary>
    public const string SellerId = "2088000000000001";

    private readonly string appPublicKey;
    private readonly string alipayPrivateKey;

    /// <summary>Opens the keys in a folder, making what is missing. Two processes may do so at once.</summary>
    /// <param name="folder">Where they are kept.</param>
    /// <param name="certificates">Certificates are made of them too, and used (证书模式).</param>
    public SimulatorKeys(string folder, bool certificates = false)
    {
        Directory.CreateDirectory(folder);
        AppPrivateKeyPath = Path.Combine(folder, "app_private_key.pem");
        AlipayPublicKeyPath = Path.Combine(folder, "alipay_public_key.pem");

        using var one = OneAtATime(Path.Combine(folder, "keys.lock"));
        appPublicKey = Pair(AppPrivateKeyPath, Path.Combine(folder, "app_public_key.pem")).Public;
        alipayPrivateKey = Pair(Path.Combine(folder, "alipay_private_key.pem"), AlipayPublicKeyPath).Private;
        if (certificates)
            Certificates = new SimulatorCertificates(Path.Combine(folder, "certificates"), Import(appPublicKey), Import(alipayPrivateKey));
    }

    /// <summary>The certificates of certificate mode; null in public key mode.</summary>
    public SimulatorCertificates? Certificates { get; }

    /// <summary>What the shop signs with.</summary>
    public string AppPrivateKeyPath { get; }

    /// <summary>What the shop checks answers and notifications with.</summary>
    public string AlipayPublicKeyPath { get; }

    /// <summary>Signs as Alipay: RSA2 (PKCS#1 v1.5, SHA-256), base64.</summary>
    public string Sign(string text, Encoding encoding) => SignAndTell(text, encoding).Sign;

    /// <summary>The same, with the number of the certificate whose key it was; null in public key mode.</summary>
    public (string Sign, string? CertificateSn) SignAndTell(string text, Encoding encoding)
    {
        (string? Sn, string PrivateKey) signer = Certificates is null ? (null, alipayPrivateKey) : Certificates.Signer();
        using var key = Import(signer.PrivateKey);
        return (Convert.ToBase64String(key.SignData(encoding.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), signer.Sn);
    }

    /// <summary>Whether the shop signed this text; anything that is no signature is simply not genuine.</summary>
    public bool IsFromShop(string text, string sign, Encoding encoding)
    {
        var signature = new byte[sign.Length];
        if (!Convert.TryFromBase64String(sign, signature, out var length))
            return false;

        using var key = Import(appPublicKey);
        return key.VerifyData(encoding.GetBytes(text), signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static FileStream OneAtATime(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 200)
            {
                Thread.Sleep(50); // another process is making them
            }
        }
    }

    private static (string Private, string Public) Pair(string privatePath, string publicPath)
    {
        using var key = RSA.Create(2048);
        if (File.Exists(privatePath))
            key.ImportFromPem(File.ReadAllText(privatePath));
        else
            OwnFile.Write(privatePath, key.ExportPkcs8PrivateKeyPem(), OwnFile.Mine);

        // always from the private one, so that a crash between the two files can't leave strangers side by side
        var publicKey = key.ExportSubjectPublicKeyInfoPem();
        if (!File.Exists(publicPath) || File.ReadAllText(publicPath) != publicKey)
            OwnFile.Write(publicPath, publicKey, OwnFile.Everybodys);
        return (key.ExportPkcs8PrivateKeyPem(), publicKey);
    }

    private static RSA Import(string pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key;
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CourseShop.AlipaySimulator;

/// <summary>
/// The simulated Alipay's certificates: roots (one of another algorithm among them, as in Alipay's own file), an issuer for apps and one for Alipay itself,
/// the app's certificate, and Alipay's, which can be changed. Made at first use, kept in a folder; they hold whatever the time a test's clock shows.
/// </summary>
public sealed class SimulatorCertificates
{
    private const string Extension = ".crt";

    private readonly string folder;
    private readonly string alipayIssuerPath;
    private readonly string signerPath;

    /// <summary>Opens the certificates in a folder, making them when they are missing. The caller sees to it that nobody else does so at once.</summary>
    /// <param name="folder">A folder of their own.</param>
    /// <param name="appKey">The app's key pair; only its public half is certified.</param>
    /// <param name="alipayKey">What Alipay signs with at first.</param>
    public SimulatorCertificates(string folder, RSA appKey, RSA alipayKey)
    {
        this.folder = Directory.CreateDirectory(folder).FullName;
        alipayIssuerPath = Path.Combine(folder, "alipay_issuer.pem");
        signerPath = Path.Combine(folder, "signer.pem");
        AppCertificatePath = Path.Combine(folder, "app_certificate.pem");
        AlipayCertificatePath = Path.Combine(folder, "alipay_certificate.pem");
        RootCertificatePath = Path.Combine(folder, "root_certificate.pem");
        if (!File.Exists(RootCertificatePath)) // the last one that is written
            Make(appKey, alipayKey);

        AppSn = CertificateIssuer.NumberIn(File.ReadAllText(AppCertificatePath));
        RootSn = CertificateIssuer.NumberIn(File.ReadAllText(RootCertificatePath));
    }

    /// <summary>应用公钥证书.</summary>
    public string AppCertificatePath { get; }

    /// <summary>支付宝公钥证书: the first one. What Alipay changes to later, the shop has to ask for.</summary>
    public string AlipayCertificatePath { get; }

    /// <summary>支付宝根证书.</summary>
    public string RootCertificatePath { get; }

    /// <summary>What app_cert_sn has to be.</summary>
    public string AppSn { get; }

    /// <summary>What alipay_root_cert_sn has to be.</summary>
    public string RootSn { get; }

    /// <summary>Number and private key of the certificate that Alipay signs with at present; read anew each time, for another process may change it.</summary>
    public (string Sn, string PrivateKey) Signer()
    {
        var text = File.ReadAllText(signerPath);
        return (CertificateIssuer.NumberIn(text), text);
    }

    /// <summary>Alipay changes to a new certificate with a new key; yields its number.</summary>
    public string Rotate()
    {
        using var key = RSA.Create(2048);
        return Sign(key, CertificateIssuer.Read(File.ReadAllText(alipayIssuerPath)));
    }

    /// <summary>The file of one of Alipay's certificates, past or present; null for a number that was never given.</summary>
    public string? Find(string sn) => sn.All(char.IsAsciiHexDigitLower) && File.Exists(PathOf(sn)) ? File.ReadAllText(PathOf(sn)) : null;

    private void Make(RSA appKey, RSA alipayKey)
    {
        using var decoy = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var root = CertificateIssuer.Root("Simulator CA R1");
        var appIssuer = root.Authority("Simulator CA Class 1 R1");
        var alipayIssuer = root.Authority("Simulator CA Class 2 R1");
        OwnFile.Write(alipayIssuerPath, alipayIssuer.Text(), OwnFile.Mine);
        OwnFile.Write(AlipayCertificatePath, Find(Sign(alipayKey, alipayIssuer))!, OwnFile.Everybodys);
        OwnFile.Write(AppCertificatePath, appIssuer.Certify("2088000000000001-2021000000000001", appKey), OwnFile.Everybodys);
        OwnFile.Write(RootCertificatePath, CertificateIssuer.Decoy("Simulator CA E1", decoy) + root.Certificate, OwnFile.Everybodys);
    }

    private string Sign(RSA key, CertificateIssuer issuer)
    {
        var certificate = issuer.Certify("支付宝(模拟器)", key);
        var sn = CertificateIssuer.NumberIn(certificate);
        OwnFile.Write(PathOf(sn), certificate + issuer.Certificate, OwnFile.Everybodys);
        OwnFile.Write(signerPath, certificate + key.ExportPkcs8PrivateKeyPem(), OwnFile.Mine);
        return sn;
    }

    private string PathOf(string sn) => Path.Combine(folder, sn + Extension);
}

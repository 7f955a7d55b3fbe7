using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>Reads the three certificate files of the settings and sees whether each is the right one in the right place.</summary>
internal static class CertificateFiles
{
    internal const string AppSetting = "Alipay:AppCertificatePath";
    internal const string AlipaySetting = "Alipay:AlipayCertificatePath";
    private const string RootSetting = "Alipay:AlipayRootCertificatePath";

    /// <summary>All three, checked against the app's private key and each other.</summary>
    /// <exception cref="AlipayKeyException">Something is wrong with one of them: a sentence with setting and path.</exception>
    internal static AlipayCertificates Load(AlipayOptions options, RSA appKey, DateTimeOffset now)
    {
        var alipayFile = Read(AlipaySetting, options.AlipayCertificatePath, file => AlipaysOwn(file, appKey, options));
        var app = Read(AppSetting, options.AppCertificatePath, file => TheApps(file, appKey, alipayFile, now));
        var roots = Read(RootSetting, options.AlipayRootCertificatePath, file => new AlipayRoots(file));
        return Read(AlipaySetting, options.AlipayCertificatePath, _ =>
        {
            var leaves = AlipayCertificates.Leaves(alipayFile);
            var present = leaves.Where(leaf => leaf.Until >= now).ToList(); // the old one may stand beside the new one
            foreach (var leaf in present.Count > 0 ? present : leaves)
            {
                if (roots.WhyNotTrusted(leaf, alipayFile, now) is { } why)
                    throw new AlipayKeyException($"holds a certificate that {why}");
            }
            return new AlipayCertificates(app, roots, alipayFile, options.SignType);
        });
    }

    private static T Read<T>(string setting, string path, Func<IReadOnlyList<AlipayCertificate>, T> read) =>
        KeyFile.Read(setting, path, mustBePrivate: false, bytes => read(CertificateText.Read(bytes)));

    private static IReadOnlyList<AlipayCertificate> AlipaysOwn(IReadOnlyList<AlipayCertificate> file, RSA appKey, AlipayOptions options)
    {
        foreach (var leaf in AlipayCertificates.Leaves(file))
        {
            if (leaf.BelongsTo(appKey))
                throw new AlipayKeyException("holds the app's own certificate (应用公钥证书); Alipay's, alipayCertPublicKey_RSA2.crt (支付宝公钥证书), belongs here.");
            if (leaf.IsRoot || leaf.IsAuthority)
                throw new AlipayKeyException("holds root certificates or an issuer's; Alipay's own, alipayCertPublicKey_RSA2.crt (支付宝公钥证书), belongs here.");
            if (leaf.Key is not { } key)
                throw new AlipayKeyException("holds a certificate whose key is not RSA; alipayCertPublicKey_RSA2.crt (支付宝公钥证书) belongs here.");
            if (key.KeySize < options.SignType.LeastBits())
                throw new AlipayKeyException($"holds a certificate with a key of {key.KeySize} bits; {options.SignType.OnTheWire()} wants at least {options.SignType.LeastBits()}.");
        }
        return file;
    }

    private static AlipayCertificate TheApps(IReadOnlyList<AlipayCertificate> file, RSA appKey, IReadOnlyList<AlipayCertificate> alipayFile, DateTimeOffset now)
    {
        if (file.All(certificate => certificate.IsRoot))
            throw new AlipayKeyException("holds root certificates; the app's own, appCertPublicKey_<app id>.crt (应用公钥证书), belongs here.");
        if (file.Any(certificate => AlipayCertificates.Leaves(alipayFile).Any(alipays => alipays.Sn == certificate.Sn)))
            throw new AlipayKeyException("holds Alipay's certificate (支付宝公钥证书); the app's own, appCertPublicKey_<app id>.crt (应用公钥证书), belongs here.");
        if (AlipayCertificates.Leaves(file) is not [var app])
            throw new AlipayKeyException("holds several certificates that have nothing to do with each other; the app has one (应用公钥证书).");
        if (!app.BelongsTo(appKey))
            throw new AlipayKeyException("does not belong to the private key of Alipay:AppPrivateKeyPath: it was made for another one. Use the key of its own request (CSR), or request a certificate anew.");
        if (now < app.From)
            throw new AlipayKeyException($"holds a certificate that begins only on {app.From:yyyy-MM-dd}: see whether this machine's clock is right.");
        return now > app.Until ? throw new AlipayKeyException($"holds a certificate that ended on {app.Until:yyyy-MM-dd}; request a new one at Alipay.") : app;
    }
}

using System.Security.Cryptography.X509Certificates;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// Alipay's root certificates, the only ones that the shop trusts. The real file holds roots of several algorithms (SM2, RSA, ECDSA); the shop
/// signs with RSA, so the RSA ones count. The machine's own roots don't, and nothing is fetched from the network to judge a certificate.
/// </summary>
public sealed class AlipayRoots : IDisposable
{
    private readonly List<AlipayCertificate> roots;

    /// <summary>Takes the certificates over.</summary>
    /// <param name="file">All certificates of the root file, in its order.</param>
    /// <exception cref="AlipayKeyException">There is no RSA root among them.</exception>
    public AlipayRoots(IReadOnlyList<AlipayCertificate> file)
    {
        if (!file.Any(certificate => certificate.IsRoot))
            throw new AlipayKeyException("holds no root certificate; Alipay's alipayRootCert.crt (支付宝根证书) belongs here.");
        roots = [.. file.Where(certificate => certificate.HasRsaSignature && certificate.Key is not null)];
        if (!roots.Exists(root => root.IsRoot))
            throw new AlipayKeyException("holds no RSA root certificate; Alipay's whole alipayRootCert.crt (支付宝根证书) belongs here.");
        Sn = string.Join('_', file.Where(certificate => certificate.HasRsaSignature).Select(certificate => certificate.Sn));
    }

    /// <summary>alipay_root_cert_sn: the numbers of the RSA ones, in the file's order.</summary>
    public string Sn { get; }

    /// <summary>Null when signatures lead from the certificate to one of the roots and all of them are in force; else what is wrong, to follow the certificate's name.</summary>
    /// <param name="leaf">What is to be trusted.</param>
    /// <param name="beside">Certificates that came with it: they may be links of the chain, never its end.</param>
    /// <param name="now">UTC.</param>
    public string? WhyNotTrusted(AlipayCertificate leaf, IEnumerable<AlipayCertificate> beside, DateTimeOffset now)
    {
        if (now < leaf.From)
            return $"begins only on {leaf.From:yyyy-MM-dd}: see whether this machine's clock is right.";
        if (now > leaf.Until)
            return $"ended on {leaf.Until:yyyy-MM-dd}; download the present one at Alipay.";

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots.Select(root => root.Framework).ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(beside.Select(link => link.Framework).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        var isTrusted = chain.Build(leaf.Framework);
        foreach (var link in chain.ChainElements)
            link.Certificate.Dispose();
        return isTrusted ? null : "is not signed by the root file's certificates, or its issuer's certificate is missing beside it.";
    }

    /// <inheritdoc />
    public void Dispose() => roots.ForEach(root => root.Dispose());
}

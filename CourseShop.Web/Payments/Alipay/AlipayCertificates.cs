using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// What certificate mode has at hand: the app's certificate, the roots, and Alipay's certificates: those of the settings, and those that Alipay changed to
/// since. It grows while the shop runs; whoever reads meanwhile reads one whole state.
/// </summary>
/// <param name="app">The app's certificate.</param>
/// <param name="roots">What is trusted.</param>
/// <param name="configured">The Alipay file of the settings: one of Alipay's or several, and their issuers'.</param>
/// <param name="signType">Says how long a key has to be.</param>
public sealed class AlipayCertificates(AlipayCertificate app, AlipayRoots roots, IReadOnlyList<AlipayCertificate> configured, AlipaySignType signType) : IDisposable
{
    private readonly ImmutableArray<AlipayCertificate> issuers = [.. configured.Except(Leaves(configured))];
    private ImmutableArray<AlipayCertificate> alipays = [.. Leaves(configured)];

    /// <summary>app_cert_sn of every request.</summary>
    public string AppSn => app.Sn;

    /// <summary>alipay_root_cert_sn of every request.</summary>
    public string RootSn => roots.Sn;

    /// <summary>Those of a file that issued none of the others in it, wherever they stand; roots only where there is nothing else.</summary>
    public static IReadOnlyList<AlipayCertificate> Leaves(IReadOnlyList<AlipayCertificate> file)
    {
        var last = file.Where(one => !file.Any(other => one.IsNamedBy(other))).ToList();
        return last.Exists(one => !one.IsRoot) ? last.FindAll(one => !one.IsRoot) : last;
    }

    /// <summary>Alipay's keys in force at this time.</summary>
    public IReadOnlyList<RSA> KeysAt(DateTimeOffset now) => [.. alipays.Where(known => known.IsValidAt(now)).Select(known => known.Key!)];

    /// <summary>Keys of the settings' certificates in force at this time: for answers that name no certificate.</summary>
    public IReadOnlyList<RSA> ConfiguredKeysAt(DateTimeOffset now) => [.. Leaves(configured).Where(known => known.IsValidAt(now)).Select(known => known.Key!)];

    /// <summary>The key of the certificate with this number; null where it is not at hand or not in force.</summary>
    public RSA? Find(string sn, DateTimeOffset now) => alipays.FirstOrDefault(known => known.Sn == sn && known.IsValidAt(now))?.Key;

    /// <summary>
    /// Takes one of Alipay's new certificates in. Null when it is at hand now; else why it is refused: it is another than the one asked for, doesn't lead to
    /// the roots, or is of the kind that every merchant gets for an app (a merchant is not Alipay).
    /// </summary>
    /// <param name="file">The certificate, and perhaps its issuers', in any order.</param>
    /// <param name="sn">The number asked for.</param>
    /// <param name="now">UTC.</param>
    public string? Add(IReadOnlyList<AlipayCertificate> file, string sn, DateTimeOffset now)
    {
        if (Leaves(file) is not [var leaf] || leaf.Sn != sn)
            return "is another certificate than the one asked for.";
        if (leaf.Key is not { } key || key.KeySize < signType.LeastBits())
            return "holds no key that this mode can use.";
        if (leaf.IsAuthority || IsOfAnApp(leaf))
            return "is not one of Alipay's own.";
        if (roots.WhyNotTrusted(leaf, [.. file, .. issuers], now) is { } why)
            return why;

        if (Find(sn, now) is null)
            ImmutableInterlocked.Update(ref alipays, known => known.Add(leaf));
        return null;
    }

    /// <summary>The certificates of the settings that end before a time, by their settings: with one that has ended the shop does not start, whatever else is at hand.</summary>
    public IEnumerable<(string Setting, DateTimeOffset Until)> EndingBefore(DateTimeOffset then)
    {
        if (app.Until < then)
            yield return (CertificateFiles.AppSetting, app.Until);
        if (Leaves(configured).Max(known => known.Until) is var last && last < then)
            yield return (CertificateFiles.AlipaySetting, last);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        app.Dispose();
        roots.Dispose();
        foreach (var certificate in alipays.Concat(issuers))
            certificate.Dispose();
    }

    // where apps' certificates come from another issuer than Alipay's own, that issuer's are no Alipay's
    private bool IsOfAnApp(AlipayCertificate leaf) => leaf.Sn == app.Sn || (leaf.HasIssuerOf(app) && !Leaves(configured).Any(known => known.HasIssuerOf(app)));
}

using System.Security.Cryptography;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// Reads an answer with the keys that it has to be signed with. In certificate mode the answer names its certificate; one that Alipay changed to since is
/// fetched first. Where that one isn't to be had or to be trusted, the answer is nobody's.
/// </summary>
public sealed class ReadAnswer(AlipayKeyRing keys, FetchCertificate fetch, TimeProvider clock)
{
    /// <summary>The answer to a method, verified; see <see cref="AlipayAnswer.Read"/>.</summary>
    /// <param name="body">Raw bytes, UTF-8.</param>
    /// <param name="method">What was called.</param>
    /// <param name="stop">Stops waiting for a certificate, not the fetching of it.</param>
    public async Task<AlipayAnswer> RunAsync(byte[] body, string method, CancellationToken stop)
    {
        var signers = keys.Certificates is { } certificates ? keys.With(await SignersAsync(certificates, body, method, stop)) : keys;
        return AlipayAnswer.Read(body, method, signers);
    }

    private async Task<IReadOnlyList<RSA>> SignersAsync(AlipayCertificates certificates, byte[] body, string method, CancellationToken stop)
    {
        if (AlipayEnvelope.Open(body, method) is not { Sign: not null } envelope)
            return [];
        if (envelope.CertificateSn is not { } sn)
            return certificates.ConfiguredKeysAt(clock.GetUtcNow());
        if (!AlipayCertificate.IsSn(sn))
            return [];

        if (certificates.Find(sn, clock.GetUtcNow()) is null)
            await fetch.RunAsync(sn, stop);
        return certificates.Find(sn, clock.GetUtcNow()) is { } key ? [key] : [];
    }
}

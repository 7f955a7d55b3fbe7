using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CourseShop.Tests.Support;

/// <summary>Issues throw-away certificates: a root, and whatever it or those issue.</summary>
public sealed class Authority : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2049, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<RSA> keys = [];

    public Authority() => Root = Issue(null, "root", true, Begin, End, null, null);

    public Issued Root { get; }

    public void Dispose() => keys.ForEach(key => key.Dispose());

    private Issued Issue(Issued? issuer, string name, bool isAuthority, DateTimeOffset from, DateTimeOffset until, string? address, RSA? key)
    {
        if (key is null)
            keys.Add(key = RSA.Create(2048));
        var request = new CertificateRequest($"CN={name}, OU=Test, O=Test, C=CN", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (address is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [address]));
        using var made = issuer is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(issuer.Name, X509SignatureGenerator.CreateForRSA(issuer.Key, RSASignaturePadding.Pkcs1), from, until, RandomNumberGenerator.GetBytes(12));
        return new(this, made.SubjectName, key, made.ExportCertificatePem() + "\n");
    }

    /// <summary>A certificate with its key.</summary>
    public sealed record Issued(Authority Authority, X500DistinguishedName Name, RSA Key, string Pem)
    {
        public Issued Issue(string name, bool isAuthority, DateTimeOffset? from = null, DateTimeOffset? until = null, string? address = null, RSA? key = null) =>
            Authority.Issue(this, name, isAuthority, from ?? Begin, until ?? End, address, key);
    }
}

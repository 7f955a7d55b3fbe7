namespace CourseShop.Payments.Alipay;

/// <summary>Where certificates that Alipay changed to are kept, one file each, named by its number. What is read here is judged like what was just downloaded.</summary>
/// <param name="path">A folder of the data folder; made when there is something to keep.</param>
public sealed class CertificateFolder(string path)
{
    private const string Extension = ".crt";

    /// <summary>Adds everything that is kept; passes over what is not (or no longer) to be trusted.</summary>
    public void AddAllTo(AlipayCertificates certificates, DateTimeOffset now)
    {
        if (!Directory.Exists(path))
            return;
        foreach (var sn in Directory.EnumerateFiles(path, "*" + Extension).Select(file => Path.GetFileNameWithoutExtension(file)))
            Add(certificates, sn, now);
    }

    /// <summary>Adds the certificate of this number; false where it isn't kept, can't be read or isn't to be trusted.</summary>
    public bool Add(AlipayCertificates certificates, string sn, DateTimeOffset now)
    {
        try
        {
            return AlipayCertificate.IsSn(sn) && File.Exists(PathOf(sn)) && certificates.Add(CertificateText.Read(File.ReadAllBytes(PathOf(sn))), sn, now) is null;
        }
        catch (Exception failure) when (failure is AlipayKeyException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Keeps a file; it stands there whole or not at all.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Keep(string sn, byte[] file)
    {
        Directory.CreateDirectory(path);
        var unfinished = $"{PathOf(sn)}.{Guid.NewGuid():N}";
        File.WriteAllBytes(unfinished, file);
        File.Move(unfinished, PathOf(sn), overwrite: true);
    }

    private string PathOf(string sn) => Path.Combine(path, sn + Extension);
}

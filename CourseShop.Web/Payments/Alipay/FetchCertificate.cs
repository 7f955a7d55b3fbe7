namespace CourseShop.Payments.Alipay;

/// <summary>
/// Alipay signed with a certificate that is not at hand: asks for it, judges it and keeps it. However many wait for the same one, it is asked for once; after a
/// failure not again for a minute, and never for more than a few that fail.
/// </summary>
public sealed class FetchCertificate(CallAlipay call, AlipayKeyRing keys, CertificateFolder folder, TimeProvider clock, ILogger<FetchCertificate> log)
{
    private const int MostFailing = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _failed = new(StringComparer.Ordinal);

    /// <summary>Afterwards the certificate is at hand, or it isn't to be had at present.</summary>
    /// <param name="sn">Its number, well formed.</param>
    /// <param name="stop">Stops waiting; the fetching goes on for others.</param>
    public Task RunAsync(string sn, CancellationToken stop)
    {
        lock (_turn)
        {
            if (!_running.TryGetValue(sn, out var fetching) && MayTry(sn, clock.GetUtcNow()))
                _running[sn] = fetching = Task.Run(() => FetchAsync(sn), CancellationToken.None);
            return fetching?.WaitAsync(stop) ?? Task.CompletedTask;
        }
    }

    private bool MayTry(string sn, DateTimeOffset now)
    {
        foreach (var over in _failed.Where(failure => (now - failure.Value).Duration() >= Pause).ToList())
            _failed.Remove(over.Key);
        return !_failed.ContainsKey(sn) && _failed.Count < MostFailing;
    }

    private async Task FetchAsync(string sn)
    {
        string? trouble = "failed";
        try
        {
            trouble = await TroubleWithAsync(sn, keys.Certificates!);
        }
        catch (Exception failure) // who waits only wants to know that it is not at hand
        {
            log.LogError(failure, "Alipay's certificate {Sn} could not be fetched", sn);
        }
        finally
        {
            lock (_turn)
            {
                _running.Remove(sn);
                if (trouble is not null)
                    _failed[sn] = clock.GetUtcNow();
            }
        }
    }

    private async Task<string?> TroubleWithAsync(string sn, AlipayCertificates certificates)
    {
        if (certificates.Find(sn, clock.GetUtcNow()) is not null || folder.Add(certificates, sn, clock.GetUtcNow())) // a process beside this one fetched it
            return null;

        var (body, trouble) = await call.RunAsync(CertificateDownload.Method, CertificateDownload.Content(sn), CancellationToken.None);
        var download = body is null ? null : CertificateDownload.Read(body);
        trouble ??= download is null ? "is not in the answer." : certificates.Add(download.Certificates, sn, clock.GetUtcNow());
        if (trouble is not null)
        {
            log.LogWarning("Alipay's certificate {Sn} is not used: {Trouble}", sn, trouble);
            return trouble;
        }

        log.LogInformation("Alipay signs with a new certificate, {Sn}: it leads to the root file and is used from now on", sn);
        Keep(sn, download!.File);
        return null;
    }

    private void Keep(string sn, byte[] file)
    {
        try
        {
            folder.Keep(sn, file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException) // it is at hand all the same, until a restart
        {
            log.LogWarning(failure, "Alipay's certificate {Sn} could not be kept", sn);
        }
    }
}

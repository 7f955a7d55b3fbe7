namespace CourseShop.Payments.Alipay;

/// <summary>Says once a day, and first at start, that a certificate of the settings ends within thirty days.</summary>
public sealed class CertificateEndWorker(AlipayKeyRing keys, TimeProvider clock, ILogger<CertificateEndWorker> log) : BackgroundService
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (keys.Certificates is not { } certificates)
            return;

        using var day = new PeriodicTimer(TimeSpan.FromDays(1), clock);
        do
        {
            foreach (var (setting, until) in certificates.EndingBefore(clock.GetUtcNow() + Notice))
                log.LogWarning("The certificate of {Setting} ends on {Until:yyyy-MM-dd}: put the next one there before, the shop does not start with one that has ended", setting, until);
        }
        while (await day.WaitForNextTickAsync(stoppingToken));
    }
}

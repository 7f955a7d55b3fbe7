namespace CourseShop.AlipaySimulator;

/// <summary>Ticks every second.</summary>
public sealed class NotificationWorker(NotificationSender sender, TimeProvider clock, ILogger<NotificationWorker> log) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sender.DeliverDueAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "The simulated Alipay could not deliver its notifications; it tries again in a second");
            }
        }
    }
}

using CourseShop.Sharing;

namespace CourseShop.Payments;

/// <summary>Ticks; <see cref="SendRefunds"/> does the work.</summary>
public sealed class RefundWorker(IServiceScopeFactory scopes, WorkLease lease, ILogger<RefundWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await lease.IsMineAsync("refunds", Tick))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SendRefunds>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "Sending refunds failed");
            }
        }
    }
}

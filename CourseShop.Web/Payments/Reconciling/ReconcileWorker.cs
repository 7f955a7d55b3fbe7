using CourseShop.Sharing;

namespace CourseShop.Payments.Reconciling;

/// <summary>Ticks; <see cref="ReconcileDue"/> does the work.</summary>
public sealed class ReconcileWorker(IServiceScopeFactory scopes, WorkLease lease, ILogger<ReconcileWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await lease.IsMineAsync("reconciliation", Tick))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ReconcileDue>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "Reconciling failed");
            }
        }
    }
}

using CourseShop.Sharing;

namespace CourseShop.Operations;

/// <summary>Ticks; <see cref="WatchMoney"/> decides how much is looked at.</summary>
public sealed class MoneyWatchdog(IServiceScopeFactory scopes, WorkLease lease, ILogger<MoneyWatchdog> log) : BackgroundService
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(FirstLook, stoppingToken); // who waits for the shop to open comes first
        using var timer = new PeriodicTimer(Tick);
        do
        {
            try
            {
                if (!await lease.IsMineAsync("watchdog", Tick))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<WatchMoney>().RunAsync(null, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "The watchdog could not look at the money");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

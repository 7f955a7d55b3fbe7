using CourseShop.Sharing;

namespace CourseShop.Wallets;

/// <summary>Ticks; <see cref="SendWithdrawals"/> does the work.</summary>
public sealed class WithdrawalWorker(IServiceScopeFactory scopes, WorkLease lease, ILogger<WithdrawalWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await lease.IsMineAsync("withdrawals", Tick))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<SendWithdrawals>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "Sending withdrawals failed");
            }
        }
    }
}

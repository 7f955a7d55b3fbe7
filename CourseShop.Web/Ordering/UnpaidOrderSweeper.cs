using Microsoft.Extensions.Options;

namespace CourseShop.Ordering;

/// <summary>Ticks; <see cref="CloseUnpaidOrders"/> does the work.</summary>
public sealed class UnpaidOrderSweeper(IServiceScopeFactory scopes, IOptions<OrderingOptions> options, ILogger<UnpaidOrderSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CloseUnpaidOrders>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "A sweep failed");
            }
        }
    }
}

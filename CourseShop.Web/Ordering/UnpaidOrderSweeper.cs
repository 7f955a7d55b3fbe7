using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Sharing;
using Microsoft.Extensions.Options;

namespace CourseShop.Ordering;

/// <summary>Ticks; <see cref="CloseUnpaidOrders"/> and <see cref="CloseUnpaidPayments"/> do the work. While the machine's clock can't be believed, no order is ended by it.</summary>
public sealed class UnpaidOrderSweeper(IServiceScopeFactory scopes, WorkLease lease, IOptions<OrderingOptions> options, TimeProvider clock, ILogger<UnpaidOrderSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var watch = new ClockWatch(clock);
        using var timer = new PeriodicTimer(options.Value.SweepEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!watch.IsSteady())
            {
                log.LogWarning("The machine's clock has jumped: no order is timed out until it has been steady for a while");
                continue;
            }

            try
            {
                if (!await lease.IsMineAsync("unpaid", options.Value.SweepEvery))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<CloseUnpaidOrders>().RunAsync(stoppingToken);
                await scope.ServiceProvider.GetRequiredService<CloseUnpaidPayments>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogError(failure, "A sweep failed");
            }
        }
    }
}

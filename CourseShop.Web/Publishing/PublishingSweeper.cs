using CourseShop.Sharing;

namespace CourseShop.Publishing;

/// <summary>Ticks once an hour.</summary>
public sealed class PublishingSweeper(IServiceScopeFactory scopes, WorkLease lease, TimeProvider clock, ILogger<PublishingSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!await lease.IsMineAsync("publishing", Every))
                    continue;
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TidyPublishing>().RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "Tidying up after authors and readers failed; the next hour tries again");
            }
        }
    }
}

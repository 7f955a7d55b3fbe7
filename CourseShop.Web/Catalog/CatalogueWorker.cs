using CourseShop.Data;
using CourseShop.Sharing;

namespace CourseShop.Catalog;

/// <summary>Ticks; hears of changes that other servers on this database made.</summary>
public sealed class CatalogueWorker(CatalogueCache cache, SharedMemory shared, IConfiguration configuration, ILogger<CatalogueWorker> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!DataModule.IsPostgres(configuration))
            return;
        var isListening = false;
        using var news = new SemaphoreSlim(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            await news.WaitAsync(Tick, stoppingToken);
            while (news.CurrentCount > 0)
                await news.WaitAsync(stoppingToken); // many changes are one look
            isListening = isListening || await shared.ListenAsync(CatalogueCache.Tag, () => Wake(news));
            try
            {
                await cache.LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // the next tick tries again
            {
                log.LogWarning(failure, "The database does not say whether the catalogue has changed");
            }
        }
    }

    private static void Wake(SemaphoreSlim news)
    {
        try
        {
            news.Release();
        }
        catch (ObjectDisposedException)
        {
            // the server is stopping
        }
    }
}

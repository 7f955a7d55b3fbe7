using CourseShop.Data;
using CourseShop.Sharing;
using Microsoft.AspNetCore.OutputCaching;

namespace CourseShop.Catalog;

/// <summary>
/// What is kept of the catalogue: pages for guests, and the shop window in memory. Whoever changes courses, categories, teachers or campaigns lets it go. Where
/// several servers share a database it counts the changes, and each looks there once a second, or at once when Redis says so.
/// </summary>
public sealed class CatalogueCache(IOutputCacheStore store, IServiceScopeFactory scopes, SharedMemory shared)
{
    public const string Tag = "catalogue";

    private long _version;

    /// <summary>Another one after every change: what was read under an earlier one is not true any more.</summary>
    public long Version => Interlocked.Read(ref _version);

    public async ValueTask EvictAsync(CancellationToken stop)
    {
        var next = await AskAsync((dialect, db) => dialect.NextCatalogueAsync(db, stop));
        await LearnAsync(next ?? Version + 1, stop);
        await shared.TellAsync(Tag);
    }

    /// <summary>Lets go what another server's change has made untrue.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        if (await AskAsync((dialect, db) => dialect.CatalogueAsync(db, stop)) is { } current)
            await LearnAsync(current, stop);
    }

    private async ValueTask LearnAsync(long version, CancellationToken stop)
    {
        long known;
        while ((known = Version) < version)
        {
            if (Interlocked.CompareExchange(ref _version, version, known) == known)
                await store.EvictByTagAsync(Tag, stop);
        }
    }

    private async Task<long?> AskAsync(Func<IDialect, ShopDb, Task<long?>> ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        return await ask(db.Dialect, db);
    }
}

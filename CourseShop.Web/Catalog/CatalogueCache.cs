using Microsoft.AspNetCore.OutputCaching;

namespace CourseShop.Catalog;

/// <summary>What is kept of the catalogue: pages for guests, and the shop window in memory. Whoever changes courses, categories, teachers or campaigns lets it go.</summary>
public sealed class CatalogueCache(IOutputCacheStore store)
{
    public const string Tag = "catalogue";

    private long _version;

    /// <summary>Another one after every change: what was read under an earlier one is not true any more.</summary>
    public long Version => Interlocked.Read(ref _version);

    public ValueTask EvictAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref _version);
        return store.EvictByTagAsync(Tag, stop);
    }
}

using Microsoft.AspNetCore.OutputCaching;

namespace CourseShop.Catalog;

/// <summary>Pages kept for guests; whoever changes courses, categories, teachers or campaigns lets them go.</summary>
public sealed class CatalogueCache(IOutputCacheStore store)
{
    public const string Tag = "catalogue";

    public ValueTask EvictAsync(CancellationToken stop) => store.EvictByTagAsync(Tag, stop);
}

using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseShop.Sharing;

public static class SharingModule
{
    /// <summary>Everything answers as if there were no Redis where the setting is empty.</summary>
    public static IServiceCollection AddSharing(this IServiceCollection services) =>
        services.AddSingleton<SharedMemory>().AddSingleton<SharedCounts>().AddSingleton<WorkLease>().AddSingleton<IDistributedCache, RedisCache>();

    /// <summary>Puts the shared cache behind the pages that each server keeps; after the output cache was added.</summary>
    public static IServiceCollection ShareKeptPages(this IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IOutputCacheStore)).ImplementationFactory!;
        return services.Replace(ServiceDescriptor.Singleton<IOutputCacheStore>(provider =>
        {
            var store = (IOutputCacheStore)own(provider);
            return provider.GetRequiredService<SharedMemory>().IsSet ? ActivatorUtilities.CreateInstance<SharedPages>(provider, store) : store;
        }));
    }
}

using System.Buffers.Binary;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;

namespace CourseShop.Sharing;

/// <summary>
/// Pages that one server has made are there for all: each keeps them in its own memory, and behind that in the shared cache. The key says of which state of
/// the catalogue a page is and which build made it, so that what one server drops is asked for by none, and Redis need not be told.
/// </summary>
internal sealed class SharedPages(IOutputCacheStore own, IDistributedCache shared, TimeProvider clock) : IOutputCacheStore
{
    private static readonly string Build = typeof(SharedPages).Module.ModuleVersionId.ToString("N");

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => own.EvictByTagAsync(tag, cancellationToken);

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (await own.GetAsync(key, cancellationToken) is { } page)
            return page;
        if (await shared.GetAsync(Name(key), cancellationToken) is not { Length: > sizeof(long) } kept)
            return null;
        var left = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(kept)) - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return null;
        page = kept[sizeof(long)..];
        await own.SetAsync(key, page, null, left, cancellationToken);
        return page;
    }

    public async ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        await own.SetAsync(key, value, tags, validFor, cancellationToken);
        var kept = new byte[sizeof(long) + value.Length];
        BinaryPrimitives.WriteInt64LittleEndian(kept, (clock.GetUtcNow() + validFor).ToUnixTimeMilliseconds());
        value.CopyTo(kept, sizeof(long));
        await shared.SetAsync(Name(key), kept, new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = validFor }, cancellationToken);
    }

    private static string Name(string key) => $"page:{Build}:{key}";
}

using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CourseShop.Sharing;
using Microsoft.Extensions.Options;

namespace CourseShop.Accounts;

/// <summary>
/// How many wrong sign-ins one address may send in a minute, whatever names it tries, to all servers together where they share a Redis. Right ones don't count:
/// many people may share an address.
/// </summary>
public sealed class SignInLimit(IOptions<AccountsOptions> options, SharedCounts counts) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetFixedWindowLimiter(
        NetworkOf(address), _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.WrongSignInsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>How long this address has to wait; null while it may go on.</summary>
    public async Task<TimeSpan?> WaitAsync(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address ?? IPAddress.None, 0);
        if (!lease.IsAcquired)
            return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
        return await counts.ReadAsync(Shared(address)) < options.Value.WrongSignInsPerMinute ? null : counts.UntilNextMinute();
    }

    public Task CountWrongAsync(IPAddress? address)
    {
        _limiter.AttemptAcquire(address ?? IPAddress.None).Dispose();
        return counts.AddAsync(Shared(address));
    }

    public void Dispose() => _limiter.Dispose();

    private static string Shared(IPAddress? address) => $"sign-in:{NetworkOf(address ?? IPAddress.None)}";

    /// <summary>Of IPv6 the network: a household has as many addresses as it likes.</summary>
    private static string NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}

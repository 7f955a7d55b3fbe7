using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Operations;

/// <summary>A server that is told to stop is not ready any more at once, but goes on answering for Shop:StopDelay: the proxy in front of several has the time to notice.</summary>
public sealed class StopSlowly(IOptions<ShopOptions> shop) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => shop.Value.StopDelay > TimeSpan.Zero ? Task.Delay(shop.Value.StopDelay, cancellationToken) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

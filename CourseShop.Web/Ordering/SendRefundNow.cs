using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>A refund that was decided and saved.</summary>
/// <param name="OrderRefundId">The lines.</param>
/// <param name="RefundId">Their money; null where there is none.</param>
public sealed record BegunRefund(long OrderRefundId, long? RefundId);

/// <summary>Sends a refund's money at once, so that who decided mostly sees it done; what takes longer than a page may is finished behind it.</summary>
public sealed class SendRefundNow(IServiceScopeFactory scopes, SendRefund send, ILogger<SendRefundNow> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary>Where it stands after 2.5 s at most.</summary>
    public async Task<OrderRefundStatus> RunAsync(BegunRefund begun, CancellationToken stop)
    {
        if (begun.RefundId is { } id)
            await Task.WhenAny(SendAsync(id), Task.Delay(Patience, stop));
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ShopDb>().OrderRefunds.Where(refund => refund.Id == begun.OrderRefundId).Select(refund => refund.Status).SingleAsync(stop);
    }

    private async Task SendAsync(long id)
    {
        try
        {
            await send.RunAsync(id, CancellationToken.None);
        }
        catch (Exception failure) // the page may be gone by now: nobody else would hear of it, and the worker tries again
        {
            log.LogError(failure, "Refund {Id} could not be sent at once", id);
        }
    }
}

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
public sealed class SendRefundNow(ShopDb db, SendRefund send, TimeProvider clock, ILogger<SendRefundNow> log)
{
    /// <summary>Where it stands when a page must answer; what was refused, or is not there, stays so.</summary>
    public async Task<Outcome<OrderRefundStatus>?> RunAsync(Outcome<BegunRefund>? decided, CancellationToken stop)
    {
        if (decided?.Value is not { } begun)
            return decided is null ? null : (Outcome<OrderRefundStatus>)decided.Refusal!;
        if (begun.RefundId is { } id)
            await SendAsync(id).EndsInTimeAsync(clock, stop);
        return await db.OrderRefunds.Where(refund => refund.Id == begun.OrderRefundId).Select(refund => refund.Status).SingleAsync(stop);
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

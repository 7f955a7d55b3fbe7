using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>
/// Carries out what is to go back: the intention is saved, the gateway is called, the outcome is saved. What has no sure answer is asked about,
/// then sent again under the same number, until it is known.
/// </summary>
public sealed class SendRefunds(ShopDb db, ShopWriter writer, IEnumerable<IPaymentGateway> gateways, IEnumerable<IPaymentReceiver> receivers, TimeProvider clock, ILogger<SendRefunds> log)
{
    private const int MostPerRun = 50;

    /// <summary>How many were completed. One per payment and run: Alipay wants three seconds between two refunds of a trade.</summary>
    /// <param name="stop">Stops between two refunds.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var due = await db.Refunds.Due(clock.GetUtcNow()).OrderBy(refund => refund.NextTryAt).Select(refund => new { refund.Id, refund.PaymentId }).Take(MostPerRun).ToListAsync(stop);
        var done = 0;
        foreach (var refund in due.DistinctBy(refund => refund.PaymentId))
        {
            try
            {
                if (await CarryOutAsync(refund.Id, stop))
                    done++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // one bad refund must not keep the others waiting
            {
                log.LogError(failure, "Refund {Id} could not be carried out; it is tried again", refund.Id);
            }
        }

        return done;
    }

    private async Task<bool> CarryOutAsync(long id, CancellationToken stop)
    {
        var wasSent = false;
        var claimed = await writer.RunAsync(async (unit, token) =>
        {
            var now = clock.GetUtcNow();
            var refund = await unit.Refunds.Due(now).Include(due => due.Payment).SingleOrDefaultAsync(due => due.Id == id, token);
            if (refund is null)
                return null; // another process was quicker
            wasSent = refund.WasSent;
            refund.Try(now);
            await unit.SaveChangesAsync(token);
            return refund;
        }, stop);
        if (claimed is null)
            return false;

        var answer = await AskOrSendAsync(claimed, wasSent);
        return await writer.RunAsync((unit, token) => NoteAsync(unit, id, answer, token), CancellationToken.None);
    }

    private async Task<GatewayAnswer<GatewayRefund>> AskOrSendAsync(Refund refund, bool wasSent)
    {
        var payment = refund.Payment;
        var gateway = gateways.Single(candidate => candidate.Channel == payment.Channel);
        if (wasSent)
        {
            var known = await gateway.QueryRefundAsync(payment.OutTradeNo, payment.TradeNo!, refund.RefundNumber, CancellationToken.None);
            if (known is not { Verdict: GatewayVerdict.Yes, Value.IsDone: false } && known.Refusal != GatewayRefusal.TradeNotExist)
                return known;
        }

        return await gateway.RefundAsync(new RefundRequest(payment.OutTradeNo, payment.TradeNo!, refund.RefundNumber, refund.Amount, Reason(refund.Cause)), CancellationToken.None);
    }

    private async Task<bool> NoteAsync(ShopDb unit, long id, GatewayAnswer<GatewayRefund> answer, CancellationToken stop)
    {
        var refund = await unit.Refunds.Include(sent => sent.Payment).SingleAsync(sent => sent.Id == id, stop);
        if (refund.Status != RefundStatus.Open)
            return false;

        if (answer is { Verdict: GatewayVerdict.Yes, Value.IsDone: true })
        {
            var now = clock.GetUtcNow();
            refund.Complete(now);
            await receivers.Single(receiver => receiver.Purpose == refund.Payment.Purpose).NoteRefundedAsync(unit, refund, now, stop);
        }
        else if (answer.Refusal == GatewayRefusal.RefundNotPossible)
        {
            refund.Refuse(answer.Code);
        }
        else
        {
            refund.StayOpen(answer.Code);
        }

        await unit.SaveChangesAsync(stop);
        return refund.Status == RefundStatus.Done;
    }

    private static string Reason(RefundCause cause) => cause switch
    {
        RefundCause.LateMoney => "订单已取消，付款原路退回",
        RefundCause.SecondMoney => "重复付款，原路退回",
        _ => "付款金额不符，原路退回",
    };
}

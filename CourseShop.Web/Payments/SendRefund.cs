using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>
/// Carries one refund out: the intention is saved, the gateway is called, the outcome is saved. What has no sure answer is asked about, then sent
/// again under the same number, until it is known. Money of the shop's own channel is back in the first unit already.
/// </summary>
public sealed class SendRefund(ShopWriter writer, IEnumerable<IPaymentGateway> gateways, IEnumerable<IHouseChannel> houseChannels, IEnumerable<IPaymentReceiver> receivers, TimeProvider clock)
{
    /// <summary>Null: it is not due, or another process is at it. True: the money went back.</summary>
    /// <param name="id">The refund.</param>
    /// <param name="stop">Stops waiting for the first unit's turn; a call that was begun is heard to its end.</param>
    public async Task<bool?> RunAsync(long id, CancellationToken stop)
    {
        if (await writer.RunAsync((db, token) => ClaimAsync(db, id, token), stop) is not { } claim)
            return null;
        if (claim.Refund.Status == RefundStatus.Done)
            return true;
        var answer = await AskOrSendAsync(claim.Refund, claim.WasSent);
        return await writer.RunAsync((db, token) => NoteAsync(db, id, answer, token), CancellationToken.None);
    }

    private async Task<Claim?> ClaimAsync(ShopDb db, long id, CancellationToken stop)
    {
        await receivers.TakeTurnAsync(db, db.Refunds.Where(refund => refund.Id == id).Select(refund => refund.Payment), stop);
        var now = clock.GetUtcNow();
        var refund = await db.Refunds.Due(now).Include(due => due.Payment).SingleOrDefaultAsync(due => due.Id == id, stop);
        if (refund is null)
            return null;
        var claim = new Claim(refund, refund.WasSent);
        refund.Try(now);
        if (houseChannels.FirstOrDefault(candidate => candidate.Channel == refund.Payment.Channel) is { } house)
        {
            await house.GiveBackAsync(db, refund, now, stop);
            await CompleteAsync(db, refund, now, stop);
        }

        await db.SaveChangesAsync(stop);
        return claim;
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

        return await gateway.RefundAsync(new RefundRequest(payment.OutTradeNo, payment.TradeNo!, refund.RefundNumber, refund.Amount, Reason(refund)), CancellationToken.None);
    }

    private async Task<bool?> NoteAsync(ShopDb db, long id, GatewayAnswer<GatewayRefund> answer, CancellationToken stop)
    {
        await receivers.TakeTurnAsync(db, db.Refunds.Where(refund => refund.Id == id).Select(refund => refund.Payment), stop);
        var refund = await db.Refunds.Include(sent => sent.Payment).SingleAsync(sent => sent.Id == id, stop);
        if (refund.Status != RefundStatus.Open)
            return null;

        var now = clock.GetUtcNow();
        if (answer is { Verdict: GatewayVerdict.Yes, Value.IsDone: true })
        {
            await CompleteAsync(db, refund, now, stop);
        }
        else if (answer.Refusal == GatewayRefusal.RefundNotPossible)
        {
            refund.Refuse(answer.Code);
            await ReceiverOf(refund).NoteRefusedAsync(db, refund, now, stop);
        }
        else
        {
            refund.StayOpen(answer.Code);
        }

        await db.SaveChangesAsync(stop);
        return refund.Status == RefundStatus.Done;
    }

    private Task CompleteAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        refund.Complete(now);
        return ReceiverOf(refund).NoteRefundedAsync(db, refund, now, stop);
    }

    private IPaymentReceiver ReceiverOf(Refund refund) => receivers.Single(candidate => candidate.Purpose == refund.Payment.Purpose);

    private static string Reason(Refund refund) => refund.Cause switch
    {
        RefundCause.LateMoney => "订单已取消，付款原路退回",
        RefundCause.SecondMoney => "重复付款，原路退回",
        RefundCause.TakenBack when refund.Payment.Purpose == PaymentPurpose.Tip => "赞赏退款",
        RefundCause.TakenBack => "课程退款",
        RefundCause.Surplus => "多付的金额，原路退回",
        _ => "付款金额不符，原路退回",
    };

    private sealed record Claim(Refund Refund, bool WasSent);
}

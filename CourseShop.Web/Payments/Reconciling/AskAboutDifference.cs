using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Carries out the one safe action of a difference: asks the gateway, settles money that it confirms, and notes what it said.</summary>
public sealed class AskAboutDifference(ShopDb db, ShopWriter writer, IEnumerable<IPaymentGateway> gateways, SettlePayment settle, TimeProvider clock, ILogger<AskAboutDifference> log)
{
    /// <summary>Waits 2.5 s at most; a slow answer is still settled and noted when it comes. Refuses what was cleared up, and what nothing can be asked about.</summary>
    /// <param name="id">The difference, of a current run.</param>
    /// <param name="staffId">Who asks.</param>
    /// <param name="stop">Stops waiting, not the question.</param>
    public async Task<Outcome<DifferenceAnswer>> RunAsync(long id, long staffId, CancellationToken stop)
    {
        var difference = await db.ReconciliationDifferences.AsNoTracking().Valid().Open().Include(open => open.Reconciliation).SingleOrDefaultAsync(open => open.Id == id, stop);
        if (difference is null || difference.Action == DifferenceAction.None)
            return new Refusal("这条差异已经处理过了，或者没有可以按的");

        var asking = AskAndNoteAsync(difference, staffId);
        return await asking.EndsInTimeAsync(clock, stop) ? await asking : DifferenceAnswer.NoAnswer;
    }

    private async Task<DifferenceAnswer> AskAndNoteAsync(ReconciliationDifference difference, long staffId)
    {
        try
        {
            var gateway = gateways.Single(candidate => candidate.Channel == difference.Reconciliation.Channel);
            var answer = difference.Action == DifferenceAction.AskRefund ? await AskRefundAsync(gateway, difference) : await AskTradeAsync(gateway, difference);
            await writer.RunAsync(async (unit, token) =>
            {
                await unit.ReconciliationDifferences.Where(noted => noted.Id == difference.Id).TakeTurnOfDayAsync(unit, token);
                (await unit.ReconciliationDifferences.SingleAsync(noted => noted.Id == difference.Id, token)).Hear(answer, staffId, clock.GetUtcNow());
                return await unit.SaveChangesAsync(token);
            }, CancellationToken.None);
            log.LogInformation("Staff {StaffId} asked about difference {Id} of trade {TradeNo}: {Answer}", staffId, difference.Id, difference.TradeNo, answer);
            return answer;
        }
        catch (Exception failure) // the page may be gone by now: nobody else would hear of it
        {
            log.LogError(failure, "Asking about difference {Id} failed", difference.Id);
            return DifferenceAnswer.NoAnswer;
        }
    }

    private async Task<DifferenceAnswer> AskTradeAsync(IPaymentGateway gateway, ReconciliationDifference difference)
    {
        var answer = await gateway.QueryAsync(difference.OutTradeNo, CancellationToken.None, difference.TradeNo);
        if (answer.Refusal == GatewayRefusal.TradeNotExist)
            return DifferenceAnswer.NoSuchTrade;
        if (answer.Value is not { } trade || trade.TradeNo != difference.TradeNo)
            return DifferenceAnswer.NoAnswer;
        if (!trade.WasPaid)
            return DifferenceAnswer.NotPaid;
        if (difference.Action != DifferenceAction.Settle)
            return DifferenceAnswer.Paid;
        return await settle.RunAsync(trade, CancellationToken.None) == NotificationVerdict.UnknownNumber ? DifferenceAnswer.Paid : DifferenceAnswer.Booked;
    }

    private static async Task<DifferenceAnswer> AskRefundAsync(IPaymentGateway gateway, ReconciliationDifference difference)
    {
        var answer = await gateway.QueryRefundAsync(difference.OutTradeNo, difference.TradeNo, difference.RefundNumber, CancellationToken.None);
        return answer switch
        {
            { Verdict: GatewayVerdict.Yes, Value.IsDone: true } => DifferenceAnswer.Refunded,
            { Verdict: GatewayVerdict.Yes } => DifferenceAnswer.NoSuchRefund,
            { Refusal: GatewayRefusal.TradeNotExist } => DifferenceAnswer.NoSuchTrade,
            _ => DifferenceAnswer.NoAnswer,
        };
    }
}

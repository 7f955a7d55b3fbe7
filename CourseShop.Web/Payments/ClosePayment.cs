using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>How closing an attempt at its gateway ended.</summary>
public enum ClosingResult
{
    /// <summary>It can't be paid there any more, or nobody ever began to pay.</summary>
    Closed,

    /// <summary>It was paid; the money is booked.</summary>
    Paid,

    /// <summary>No sure answer: ask again later, and leave everything as it is.</summary>
    Unknown,
}

/// <summary>Asks the gateway about an opened attempt, then closes it there: paid → settled, waiting → closed, silence → unknown.</summary>
public sealed class ClosePayment(ShopWriter writer, IEnumerable<IPaymentGateway> gateways, SettlePayment settle, TimeProvider clock, ILogger<ClosePayment> log)
{
    /// <summary>Calls the gateway, then books what it said in a unit of its own: also when nobody waits for the answer any more.</summary>
    /// <param name="payment">An attempt that was opened.</param>
    /// <param name="stop">Stops the calls.</param>
    public async Task<ClosingResult> RunAsync(Payment payment, CancellationToken stop)
    {
        try
        {
            var result = await CloseAsync(payment, stop);
            if (result == ClosingResult.Closed)
                await writer.RunAsync((db, token) => BookAsync(db, payment.Id, token), CancellationToken.None);
            return result;
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // the page may be gone by now: nobody else would hear of it
        {
            log.LogError(failure, "Closing payment {OutTradeNo} failed", payment.OutTradeNo);
            return ClosingResult.Unknown;
        }
    }

    private async Task<bool> BookAsync(ShopDb db, long id, CancellationToken stop)
    {
        (await db.Payments.SingleAsync(payment => payment.Id == id, stop)).Close(clock.GetUtcNow());
        return await db.SaveChangesAsync(stop) > 0;
    }

    private async Task<ClosingResult> CloseAsync(Payment payment, CancellationToken stop)
    {
        var gateway = gateways.Single(candidate => candidate.Channel == payment.Channel);
        var found = await AskAsync(gateway, payment, stop);
        if (found is not null)
            return found.Value;

        var closed = await gateway.CloseAsync(payment.OutTradeNo, stop);
        return closed switch
        {
            { Verdict: GatewayVerdict.Yes } or { Refusal: GatewayRefusal.TradeNotExist } => ClosingResult.Closed,
            { Refusal: GatewayRefusal.TradeStatusWrong } => await AskAsync(gateway, payment, stop) ?? ClosingResult.Unknown, // paid between our two calls
            _ => ClosingResult.Unknown,
        };
    }

    /// <summary>What the gateway knows; null when the trade waits for its buyer.</summary>
    private async Task<ClosingResult?> AskAsync(IPaymentGateway gateway, Payment payment, CancellationToken stop)
    {
        var answer = await gateway.QueryAsync(payment.OutTradeNo, stop);
        if (answer.Refusal == GatewayRefusal.TradeNotExist)
            return ClosingResult.Closed;
        if (answer.Value is not { } trade)
            return ClosingResult.Unknown;
        if (trade is { WasPaid: false, Status: GatewayTradeStatus.WaitingForBuyer })
            return null;
        await settle.RunAsync(trade, stop);
        return trade.WasPaid ? ClosingResult.Paid : ClosingResult.Closed;
    }
}

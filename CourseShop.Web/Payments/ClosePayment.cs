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
public sealed class ClosePayment(IEnumerable<IPaymentGateway> gateways, SettlePayment settle)
{
    /// <summary>Calls the gateway twice at most, outside any unit.</summary>
    /// <param name="payment">An attempt that was opened; nothing in it is changed.</param>
    /// <param name="stop">Stops the calls.</param>
    public async Task<ClosingResult> RunAsync(Payment payment, CancellationToken stop)
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

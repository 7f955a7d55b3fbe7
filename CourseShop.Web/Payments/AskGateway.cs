using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>What asking a gateway came to, as a page tells it.</summary>
public enum GatewayFinding
{
    /// <summary>Money came in; it is booked.</summary>
    Paid,

    /// <summary>The gateway says that nothing was paid (yet), or nothing was ever opened there.</summary>
    NotPaid,

    /// <summary>No answer in time: the question goes on, and the sweeper asks again.</summary>
    Unknown,
}

/// <summary>Asks the gateway about every opened attempt of one thing and settles what it finds.</summary>
public sealed class AskGateway(ShopDb db, IEnumerable<IPaymentGateway> gateways, SettlePayment settle, TimeProvider clock, ILogger<AskGateway> log)
{
    /// <summary>Waits 2.5 s at most; a slow answer is still settled when it comes.</summary>
    /// <param name="purpose">What the payment is for.</param>
    /// <param name="number">Its number.</param>
    /// <param name="stop">Stops waiting, not the question.</param>
    /// <param name="alsoAttempt">An attempt to ask about even if it was closed here: its buyer says it was paid.</param>
    public async Task<GatewayFinding> RunAsync(PaymentPurpose purpose, string number, CancellationToken stop, string? alsoAttempt = null)
    {
        var opened = await db.Payments.AsNoTracking()
            .Where(payment => payment.Purpose == purpose && payment.PurposeNumber == number && !payment.IsExtra && payment.TradeNo == null
                && (payment.Status == PaymentStatus.Opened || payment.OutTradeNo == alsoAttempt))
            .ToListAsync(stop);
        var asking = Task.WhenAll(opened.Select(AskAsync));
        if (!await asking.EndsInTimeAsync(clock, stop))
            return GatewayFinding.Unknown;
        var findings = await asking;
        return findings.Contains(GatewayFinding.Paid) ? GatewayFinding.Paid
            : findings.Contains(GatewayFinding.Unknown) ? GatewayFinding.Unknown
            : GatewayFinding.NotPaid;
    }

    private async Task<GatewayFinding> AskAsync(Payment payment)
    {
        try
        {
            var gateway = gateways.Single(candidate => candidate.Channel == payment.Channel);
            var answer = await gateway.QueryAsync(payment.OutTradeNo, CancellationToken.None);
            if (answer.Verdict == GatewayVerdict.Unknown || answer is { Verdict: GatewayVerdict.No, Refusal: not GatewayRefusal.TradeNotExist })
                return GatewayFinding.Unknown;
            if (answer.Value is not { } trade)
                return GatewayFinding.NotPaid;
            await settle.RunAsync(trade, CancellationToken.None);
            return trade.WasPaid ? GatewayFinding.Paid : GatewayFinding.NotPaid;
        }
        catch (Exception failure) // the page may be gone by now: nobody else would hear of it
        {
            log.LogError(failure, "Asking for payment {OutTradeNo} failed", payment.OutTradeNo);
            return GatewayFinding.Unknown;
        }
    }
}

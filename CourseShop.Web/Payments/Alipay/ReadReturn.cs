using System.Text;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Which payment a buyer came back from.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Number">Its number.</param>
public sealed record ReturnedPayment(PaymentPurpose Purpose, string Number);

/// <summary>同步跳转: reads where the buyer comes back from. It proves nothing by itself: Alipay is asked, and only its answer settles.</summary>
public sealed class ReadReturn(ShopDb db, AskGateway ask, AlipayKeyRing keys, IOptions<AlipayOptions> options, TimeProvider clock)
{
    /// <summary>The payment, after the gateway was asked; null for an address that is not Alipay's, not ours, or of a number nobody knows.</summary>
    /// <param name="query">The query as it came, with its question mark.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ReturnedPayment?> RunAsync(string query, CancellationToken stop)
    {
        var reading = AlipayReturn.Read(query, keys.At(clock.GetUtcNow()));
        if (reading.Rejection == AlipayRejection.WrongSignature && keys.Certificates is not null)
            reading = await ReadAgainAsync(query, stop);
        if (reading.Message is not { } returned || !returned.IsFor(options.Value))
            return null;
        return await AskAboutAsync(returned.OutTradeNo, stop);
    }

    // a return doesn't name its certificate: if Alipay changed to a new one just now, its answer about this payment does
    private async Task<AlipayReading<AlipayReturn>> ReadAgainAsync(string query, CancellationToken stop)
    {
        if (AlipayForm.Read(Encoding.UTF8.GetBytes(query.TrimStart('?')))?["out_trade_no"] is { } claimed)
            await AskAboutAsync(claimed, stop);
        return AlipayReturn.Read(query, keys.At(clock.GetUtcNow()));
    }

    private async Task<ReturnedPayment?> AskAboutAsync(string outTradeNo, CancellationToken stop)
    {
        var payment = await db.Payments.AsNoTracking()
            .Where(payment => payment.OutTradeNo == outTradeNo && !payment.IsExtra)
            .Select(payment => new ReturnedPayment(payment.Purpose, payment.PurposeNumber))
            .SingleOrDefaultAsync(stop);
        if (payment is not null)
            await ask.RunAsync(payment.Purpose, payment.Number, stop, outTradeNo);
        return payment;
    }
}

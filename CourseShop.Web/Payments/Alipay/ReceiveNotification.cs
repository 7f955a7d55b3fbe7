using System.Text;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// What happens to a notification. Forged ones are kept, the last 1,000, and answered `fail`. Genuine ones are stored once per notify_id
/// together with their effect, in one unit, and answered `success` after its commit, whether or not there was anything to do.
/// </summary>
public sealed class ReceiveNotification(ShopWriter writer, SettlePayment settle, ForgeryLimit limit, AlipayKeyRing keys, IOptions<AlipayOptions> options, TimeProvider clock)
{
    /// <summary>How many forged ones are kept; <c>check</c> counts on it.</summary>
    internal const int MostForged = 1_000;

    /// <summary>What its sender is told. Genuine ones are always taken; forged ones are stored only so many a minute.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="remoteAddress">Who sent it.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public async Task<NotificationAnswer> RunAsync(ReadOnlyMemory<byte> body, string remoteAddress, CancellationToken stop)
    {
        var reading = AlipayNotification.Read(body.Span, keys.At(clock.GetUtcNow()));
        var text = Encoding.Latin1.GetString(body.Span);
        if (reading.Message is { } genuine)
        {
            await writer.RunAsync((db, token) => ApplyAsync(db, genuine, text, remoteAddress, token), stop);
            return NotificationAnswer.Success;
        }

        if (await limit.IsExceededAfterOneMoreAsync(remoteAddress))
            return NotificationAnswer.TooMany;
        await writer.RunAsync((db, token) => KeepForgedAsync(db, reading.Rejection, text, remoteAddress, token), stop);
        return NotificationAnswer.Fail;
    }

    private async Task<bool> ApplyAsync(ShopDb db, AlipayNotification genuine, string text, string remoteAddress, CancellationToken stop)
    {
        if (await db.PaymentNotifications.AnyAsync(known => known.NotifyId == genuine.NotifyId, stop))
            return true;

        var verdict = await JudgeAsync(db, genuine, stop);
        db.PaymentNotifications.Add(new PaymentNotification(
            PaymentChannel.Alipay, genuine.NotifyId, genuine.OutTradeNo, genuine.Trade?.TradeNo, genuine.TradeStatus, text, verdict, remoteAddress, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        return true;
    }

    private async Task<NotificationVerdict> JudgeAsync(ShopDb db, AlipayNotification genuine, CancellationToken stop)
    {
        if (!genuine.IsFor(options.Value))
            return NotificationVerdict.NotOurs;
        return genuine.Trade is { } trade ? await settle.ApplyAsync(db, trade, stop) : NotificationVerdict.Unreadable;
    }

    private async Task<bool> KeepForgedAsync(ShopDb db, AlipayRejection rejection, string text, string remoteAddress, CancellationToken stop)
    {
        db.PaymentNotifications.Add(new PaymentNotification(
            PaymentChannel.Alipay, null, null, null, rejection.ToString(), text, NotificationVerdict.Forged, remoteAddress, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        var oldest = await db.PaymentNotifications.Where(kept => kept.Verdict == NotificationVerdict.Forged)
            .OrderByDescending(kept => kept.Id).Skip(MostForged).Select(kept => kept.Id).FirstOrDefaultAsync(stop);
        if (oldest > 0)
            await db.PaymentNotifications.Where(kept => kept.Verdict == NotificationVerdict.Forged && kept.Id <= oldest).ExecuteDeleteAsync(stop);
        return false;
    }
}

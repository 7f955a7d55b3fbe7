using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Messaging;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Staff give a tip back to who gave it, while its author's balance covers it: it leaves the wallet in the unit that starts the refund. Pressed twice, it goes back once.</summary>
public sealed class TakeBackTip(ShopDb db, ShopWriter writer, SendRefund send, TimeProvider clock, ILogger<TakeBackTip> log)
{
    /// <summary>True: the money is back; false: it is on its way. Null when there is no such tip.</summary>
    public async Task<Outcome<bool>?> RunAsync(long staffId, string number, CancellationToken stop)
    {
        var started = await writer.RunAsync((unit, token) => StartAsync(unit, staffId, number, token), stop);
        if (started is null || started.Refusal is not null)
            return started is null ? null : (Outcome<bool>)started.Refusal!;
        await SendAsync(started.Value).EndsInTimeAsync(clock, stop);
        return await db.Tips.AnyAsync(tip => tip.Number == number && tip.RefundedAt != null, stop);
    }

    private async Task<Outcome<long>?> StartAsync(ShopDb unit, long staffId, string number, CancellationToken stop)
    {
        var parties = unit.Tips.Where(tip => tip.Number == number);
        await unit.TakeTurnsAsync(parties.Select(tip => tip.UserId).Concat(parties.Select(tip => tip.AuthorId)), stop);
        if (await unit.Tips.SingleOrDefaultAsync(tip => tip.Number == number, stop) is not { } tip)
            return null;
        if (!tip.IsGiven)
            return new Refusal("这笔赞赏没有付款，或者已经退过了");
        var balance = await unit.WalletEntries.OwnedBy(tip.AuthorId).SumAsync(stop);
        if (balance < tip.ForAuthor)
            return new Refusal("作者的余额是 {0}，不够退这笔赞赏的 {1}", balance, tip.ForAuthor);

        var now = clock.GetUtcNow();
        var payment = await unit.Payments.Of(PaymentPurpose.Tip, number).SingleAsync(payment => payment.Status == PaymentStatus.Settled, stop);
        var refund = payment.StartRefund(tip.Amount, RefundCause.TakenBack, RefundNumber.New(now), now);
        unit.Refunds.Add(refund);
        unit.WalletEntries.AddRange(WalletEntry.Tip(tip.AuthorId, Money.Zero - tip.Amount, Money.Zero - tip.Share, number, $"back:{refund.RefundNumber}", now));
        tip.TakeBack(refund.RefundNumber, now);
        var title = await unit.Articles.Where(article => article.Id == tip.ArticleId).Select(article => article.Title).SingleAsync(stop);
        await unit.TellAsync(tip.AuthorId, NoticeKind.TipTakenBack, $"back:{refund.RefundNumber}", "/wallet", [tip.Amount.ToString(), title], now, stop);
        await unit.SaveChangesAsync(stop);
        log.LogInformation("Staff {StaffId} gives tip {Number} back as {RefundNumber}", staffId, number, refund.RefundNumber);
        return refund.Id;
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

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>去支付: notes that a top-up's attempt is opened, then gives the signed address at the gateway.</summary>
public sealed class OpenTopUp(ShopWriter writer, PayPages pages, TimeProvider clock)
{
    /// <summary>Null when no such top-up is the shopper's.</summary>
    public async Task<Outcome<string>?> RunAsync(long userId, string number, PaymentVisit visit, CancellationToken stop)
    {
        var opened = await writer.RunAsync((db, token) => OpenAsync(db, userId, number, token), stop);
        if (opened?.Value is not { } payment)
            return opened is null ? null : (Outcome<string>)opened.Refusal!;
        return pages.AddressOf(payment, visit, $"/wallet/top-up/{number}");
    }

    private async Task<Outcome<Payment>?> OpenAsync(ShopDb db, long userId, string number, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        if (await db.TopUps.OwnedBy(userId).SingleOrDefaultAsync(topUp => topUp.Number == number, stop) is not { } topUp)
            return null;
        if (topUp.PaidAt is not null)
            return new Refusal("这次充值已经到账，不用再付");
        if (await Attempts.AreHeldAsync(db, PaymentPurpose.TopUp, number, stop))
            return Attempts.Held;
        if (await Attempts.OpenAsync(db, PaymentPurpose.TopUp, number, topUp.Amount, TopUp.Title, topUp.PayBy, clock.GetUtcNow(), stop) is not { } opened)
            return new Refusal("离支付截止不到一分钟，已经来不及付款，请重新充值");
        await db.SaveChangesAsync(stop);
        return opened.Payment;
    }
}

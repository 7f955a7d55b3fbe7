using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>去支付: notes that a tip's attempt is opened, then gives the signed address at the gateway.</summary>
public sealed class OpenTip(ShopWriter writer, PayPages pages, TimeProvider clock)
{
    /// <summary>What who gives reads at the gateway.</summary>
    public const string Title = "文章赞赏";

    /// <summary>Null when no such tip is theirs.</summary>
    public async Task<Outcome<string>?> RunAsync(long userId, string number, PaymentVisit visit, CancellationToken stop)
    {
        var opened = await writer.RunAsync((db, token) => OpenAsync(db, userId, number, token), stop);
        if (opened?.Value is not { } payment)
            return opened is null ? null : (Outcome<string>)opened.Refusal!;
        return pages.AddressOf(payment, visit, $"/tips/{number}");
    }

    private async Task<Outcome<Payment>?> OpenAsync(ShopDb db, long userId, string number, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        if (await db.Tips.LeftBy(userId).SingleOrDefaultAsync(tip => tip.Number == number, stop) is not { } tip)
            return null;
        if (tip.PaidAt is not null)
            return new Refusal("这笔赞赏已经付过，不用再付");
        if (await Attempts.AreHeldAsync(db, PaymentPurpose.Tip, number, stop))
            return Attempts.Held;
        if (await Attempts.OpenAsync(db, PaymentPurpose.Tip, number, tip.Amount, Title, tip.PayBy, clock.GetUtcNow(), stop) is not { } opened)
            return new Refusal("离支付截止不到一分钟，已经来不及付款，请重新赞赏");
        await db.SaveChangesAsync(stop);
        return opened.Payment;
    }
}

using CourseShop.Data;
using CourseShop.Messaging;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>Books money that came for a tip: once, into its author's wallet, less the platform's share. However late it comes, a tip can still be given; the second money goes back.</summary>
public sealed class TipPayments(IOptions<TipOptions> options) : IPaymentReceiver
{
    public PaymentPurpose Purpose => PaymentPurpose.Tip;

    /// <summary>Of who gives; the author's wallet only gains by what is booked here.</summary>
    public Task TakeTurnAsync(ShopDb db, string number, CancellationToken stop) => db.TakeTurnsAsync(db.Tips.Where(tip => tip.Number == number).Select(tip => tip.UserId), stop);

    public async Task<Receipt> ReceiveAsync(ShopDb db, Payment payment, string tradeNo, DateTimeOffset now, CancellationToken stop)
    {
        var tip = await TipAsync(db, payment, stop);
        if (tip.PaidAt is not null)
            return Receipt.AlreadyPaid;

        tip.MarkPaid(tip.Amount.Share(options.Value.ShareBasisPoints), now);
        db.WalletEntries.AddRange(WalletEntry.Tip(tip.AuthorId, tip.Amount, tip.Share, tip.Number, "in", now));
        var title = await db.Articles.Where(article => article.Id == tip.ArticleId).Select(article => article.Title).SingleAsync(stop);
        var giver = tip.IsAnonymous ? "" : await db.Users.Where(user => user.Id == tip.UserId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).SingleAsync(stop);
        await db.TellAsync(tip.AuthorId, NoticeKind.Tip, $"tip:{tip.Number}", $"/articles/{tip.ArticleId}#supporters", [giver, tip.Amount.ToString(), title], now, stop);
        return Receipt.Delivered;
    }

    /// <summary>The payment itself tells it, to who gives and to staff.</summary>
    public Task NoteHeldAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;

    public async Task NoteRefundedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        if (refund.Cause == RefundCause.TakenBack)
            (await TipAsync(db, refund.Payment, stop)).NoteRefunded(now);
    }

    /// <summary>What was taken from the author for it is theirs again.</summary>
    public async Task NoteRefusedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        if (refund.Cause != RefundCause.TakenBack)
            return;
        var tip = await TipAsync(db, refund.Payment, stop);
        tip.GiveAgain();
        db.WalletEntries.AddRange(WalletEntry.Tip(tip.AuthorId, tip.Amount, tip.Share, tip.Number, $"again:{refund.RefundNumber}", now));
    }

    private static Task<Tip> TipAsync(ShopDb db, Payment payment, CancellationToken stop) => db.Tips.SingleAsync(tip => tip.Number == payment.PurposeNumber, stop);
}

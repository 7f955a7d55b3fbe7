using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>Books money that came for a top-up: once. A wallet can always take it, however late it comes; the second money goes back.</summary>
public sealed class TopUpPayments : IPaymentReceiver
{
    public PaymentPurpose Purpose => PaymentPurpose.TopUp;

    public Task TakeTurnAsync(ShopDb db, string number, CancellationToken stop) => db.TakeTurnsAsync(db.TopUps.Where(topUp => topUp.Number == number).Select(topUp => topUp.UserId), stop);

    public async Task<Receipt> ReceiveAsync(ShopDb db, Payment payment, string tradeNo, DateTimeOffset now, CancellationToken stop)
    {
        var topUp = await db.TopUps.SingleAsync(topUp => topUp.Number == payment.PurposeNumber, stop);
        if (topUp.PaidAt is not null)
            return Receipt.AlreadyPaid;
        topUp.MarkPaid(now);
        db.WalletEntries.Add(WalletEntry.ToppedUp(topUp, now));
        return Receipt.Delivered;
    }

    /// <summary>The payment itself tells it, to its owner and to staff.</summary>
    public Task NoteHeldAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Only money that never reached the wallet goes back.</summary>
    public Task NoteRefundedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;

    public Task NoteRefusedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;
}

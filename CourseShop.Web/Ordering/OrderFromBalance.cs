using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>How an order is paid from its shopper's balance within a unit: an attempt of its own, settled as any other, and nothing else left to pay.</summary>
internal static class OrderFromBalance
{
    /// <summary>For an order that awaits payment and is in the database already, and that the balance covers.</summary>
    public static async Task PayAsync(ShopDb db, BalanceChannel balance, Order order, DateTimeOffset now, CancellationToken stop)
    {
        var before = await db.Payments.OfOrder(order.Number).Where(payment => !payment.IsExtra).ToListAsync(stop);
        var attempt = Payment.Attempt(PaymentPurpose.Order, order.Number, before.Count + 1, order.Total, order.Title, now, order.PayBy, PaymentChannel.Balance);
        await balance.PayAsync(db, order.UserId, attempt, stop);
        before.ForEach(payment => payment.Close(now));
    }
}

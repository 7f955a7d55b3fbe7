using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>去支付: notes that the attempt is opened, then gives the signed address at the gateway. A closed attempt is followed by one with a new number.</summary>
public sealed class OpenPayment(ShopWriter writer, PayPages pages, TimeProvider clock)
{
    /// <summary>Null when no such order is the shopper's.</summary>
    public async Task<Outcome<string>?> RunAsync(long userId, string number, PaymentVisit visit, CancellationToken stop)
    {
        var opened = await writer.RunAsync((db, token) => OpenAsync(db, userId, number, token), stop);
        if (opened?.Value is not { } payment)
            return opened is null ? null : (Outcome<string>)opened.Refusal!;
        return pages.AddressOf(payment, visit, $"/orders/{number}/pay");
    }

    private async Task<Outcome<Payment>?> OpenAsync(ShopDb db, long userId, string number, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var now = clock.GetUtcNow();
        var order = await db.Orders.OwnedBy(userId).SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return null;
        if (order.Status != OrderStatus.AwaitingPayment)
            return new Refusal("这个订单现在不能支付");

        if (await Attempts.AreHeldAsync(db, PaymentPurpose.Order, number, stop))
            return Attempts.Held;
        var opened = await Attempts.OpenAsync(db, PaymentPurpose.Order, number, order.Total, order.Title, order.PayBy, now, stop);
        if (opened is null)
            return new Refusal("离支付截止不到一分钟，已经来不及付款，请重新下单");
        if (opened.IsFirstTime)
            order.Note(OrderEventKind.PaymentOpened, now, opened.Payment.OutTradeNo);
        await db.SaveChangesAsync(stop);
        return opened.Payment;
    }
}

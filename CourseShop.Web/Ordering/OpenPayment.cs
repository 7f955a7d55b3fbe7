using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>Where the gateway sends people and reports.</summary>
/// <param name="PublicUrl">The shop's address, without a trailing slash.</param>
/// <param name="IsPhone">The buyer holds a phone.</param>
public sealed record PaymentVisit(string PublicUrl, bool IsPhone);

/// <summary>去支付: notes that the attempt is opened, then gives the signed address at the gateway. A closed attempt is followed by one with a new number.</summary>
public sealed class OpenPayment(ShopWriter writer, IEnumerable<IPaymentGateway> gateways, TimeProvider clock)
{
    /// <summary>Null when no such order is the shopper's.</summary>
    public async Task<Outcome<string>?> RunAsync(long userId, string number, PaymentVisit visit, CancellationToken stop)
    {
        var opened = await writer.RunAsync((db, token) => OpenAsync(db, userId, number, token), stop);
        if (opened is null || opened.Refusal is not null)
            return opened is null ? null : (Outcome<string>)opened.Refusal!;

        var payment = opened.Value!;
        var order = $"{visit.PublicUrl}/orders/{number}";
        var request = new PaymentRequest(payment.OutTradeNo, payment.Amount, payment.Subject, payment.PayBy, visit.IsPhone,
            ReturnUrl: $"{visit.PublicUrl}/payments/alipay/return", NotifyUrl: $"{visit.PublicUrl}/payments/alipay/notify", QuitUrl: $"{order}/pay");
        return gateways.Single(gateway => gateway.Channel == payment.Channel).PayPage(request, clock.GetUtcNow());
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

        var attempts = await db.Payments.OfOrder(number).Where(payment => !payment.IsExtra).ToListAsync(stop);
        var payment = attempts.Find(attempt => attempt.IsLive);
        if (payment is null)
            db.Payments.Add(payment = Payment.Attempt(PaymentPurpose.Order, number, attempts.Count + 1, order.Total, order.Title, now, order.PayBy));
        if (!payment.CanOpen(now))
            return new Refusal("离支付截止不到一分钟，已经来不及付款，请重新下单");

        if (payment.Status == PaymentStatus.Created)
            order.Note(OrderEventKind.PaymentOpened, now, payment.OutTradeNo);
        payment.Open(now);
        await db.SaveChangesAsync(stop);
        return payment;
    }
}

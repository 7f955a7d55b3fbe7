using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>取消订单: an opened attempt is closed at the gateway first; what turns out to be paid stays bought.</summary>
public sealed class CancelOrder(ShopDb db, ShopWriter writer, ClosePayment close, TimeProvider clock)
{
    /// <summary>Null when no such order is the shopper's.</summary>
    public async Task<Outcome<OrderStatus>?> RunAsync(long userId, string number, CancellationToken stop)
    {
        if (!await db.Orders.OwnedBy(userId).AnyAsync(order => order.Number == number, stop))
            return null;

        var opened = await db.Payments.AsNoTracking().OfOrder(number).Opened().ToListAsync(stop);
        if (!await AreClosedAsync(opened))
            return new Refusal("支付宝暂时没有回答，订单还没有取消，请稍后再试");
        return await writer.RunAsync((unit, token) => EndAsync(unit, userId, number, opened.ConvertAll(payment => payment.Id), token), stop);
    }

    /// <summary>Paid attempts count as done here: the unit then finds the order paid.</summary>
    private async Task<bool> AreClosedAsync(List<Payment> opened)
    {
        var closing = Task.WhenAll(opened.Select(payment => close.RunAsync(payment, CancellationToken.None)));
        return await closing.EndsInTimeAsync(clock, CancellationToken.None) && !(await closing).Contains(ClosingResult.Unknown);
    }

    private async Task<Outcome<OrderStatus>> EndAsync(ShopDb unit, long userId, string number, List<long> closed, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var order = await unit.Orders.OwnedBy(userId).SingleAsync(order => order.Number == number, stop);
        if (!await OrderEnding.EndAsync(unit, order, closed, OrderStatus.Cancelled, clock.GetUtcNow(), stop))
        {
            return order.Status switch
            {
                OrderStatus.Cancelled => OrderStatus.Cancelled,
                OrderStatus.TimedOut => new Refusal("订单已超时取消，优惠券和积分已退回"),
                OrderStatus.AwaitingPayment => new Refusal("这个订单刚刚又打开了支付页面，请再试一次"),
                _ => new Refusal("订单已经支付，不能取消了"),
            };
        }

        await unit.SaveChangesAsync(stop);
        return order.Status;
    }
}

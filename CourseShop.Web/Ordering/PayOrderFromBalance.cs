using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>用账户余额支付: an attempt that is open at the gateway is closed there first, so that nothing is paid twice; then order, access and ledger row in one unit.</summary>
public sealed class PayOrderFromBalance(ShopDb db, ShopWriter writer, ClosePayment close, BalanceChannel balance, TimeProvider clock)
{
    /// <summary>Null when no such order is the shopper's. Pressed twice, it is paid once.</summary>
    public async Task<Outcome<OrderStatus>?> RunAsync(long userId, string number, CancellationToken stop)
    {
        if (!await db.Orders.OwnedBy(userId).AnyAsync(order => order.Number == number, stop))
            return null;

        var opened = await db.Payments.AsNoTracking().OfOrder(number).Opened().ToListAsync(stop);
        if (!await AreClosedAsync(opened))
            return new Refusal("支付宝的付款页面打开过，还不知道那里付没付。请稍后再试，或者在支付宝完成付款");
        return await writer.RunAsync((unit, token) => PayAsync(unit, userId, number, opened.ConvertAll(payment => payment.Id), token), stop);
    }

    private async Task<bool> AreClosedAsync(List<Payment> opened)
    {
        var closing = Task.WhenAll(opened.Select(payment => close.RunAsync(payment, CancellationToken.None)));
        return await closing.EndsInTimeAsync(clock, CancellationToken.None) && !(await closing).Contains(ClosingResult.Unknown);
    }

    private async Task<Outcome<OrderStatus>> PayAsync(ShopDb unit, long userId, string number, List<long> closed, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var order = await unit.Orders.OwnedBy(userId).Include(order => order.Lines).SingleAsync(order => order.Number == number, stop);
        if (order.Status != OrderStatus.AwaitingPayment)
            return order.Status.EndedUnpaid() ? new Refusal("这个订单现在不能支付") : order.Status;
        if (await unit.Payments.OfOrder(number).Opened().AnyAsync(payment => !closed.Contains(payment.Id), stop))
            return new Refusal("这个订单刚刚又打开了支付页面，请再试一次");
        if (await Attempts.AreHeldAsync(unit, PaymentPurpose.Order, number, stop))
            return Attempts.Held;
        if (await BalanceChannel.ObstacleAsync(unit, userId, order.Total, stop) is { } poor)
            return poor;
        await OrderFromBalance.PayAsync(unit, balance, order, clock.GetUtcNow(), stop);
        await unit.SaveChangesAsync(stop);
        return order.Status;
    }
}

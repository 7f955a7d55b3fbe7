using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Operations;

/// <summary>钱在哪里: from any number that a person may hold in hand to everything that is known of its money.</summary>
public sealed class FindMoney(ShopDb db)
{
    private const int MostNotifications = 100;
    private const int MostForged = 20;

    /// <param name="number">An order's, a top-up's, a tip's, a withdrawal's, an attempt's (out_trade_no), Alipay's (trade_no), or a refund's.</param>
    /// <param name="stop">Stops reading.</param>
    public async Task<MoneyTrace> RunAsync(string number, CancellationToken stop)
    {
        var order = await OrderOfAsync(number, stop);
        if (order is not null)
            return new(await ReadAsync(order, stop), [], []);
        if (await WalletNumberAsync(number, stop) is { } wallet)
            return new(null, [], [], await ReadWalletAsync(wallet, stop));
        var byId = await db.PaymentNotifications.AsNoTracking().Where(notification => notification.NotifyId == number).ToListAsync(stop);
        return new(null, byId.Count > 0 ? byId : await NotificationsAsync([number], stop), await db.BillLines.AsNoTracking().Valid()
            .Where(line => line.OutTradeNo == number || line.TradeNo == number || line.RefundNumber == number).OrderBy(line => line.At).Take(MostNotifications).ToListAsync(stop));
    }

    private async Task<Order?> OrderOfAsync(string number, CancellationToken stop)
    {
        var refund = number.ToUpperInvariant();
        var found = await db.Orders.Where(order => order.Number == number).Select(order => order.Number)
            .Union(db.Payments.Where(payment => payment.OutTradeNo == number || payment.TradeNo == number).Select(payment => payment.PurposeNumber))
            .Union(db.Refunds.Where(sent => sent.RefundNumber == refund).Select(sent => sent.Payment.PurposeNumber))
            .Union(from asked in db.OrderRefunds where asked.Number == refund join order in db.Orders on asked.OrderId equals order.Id select order.Number)
            .OrderBy(order => order).FirstOrDefaultAsync(stop);
        return found is null ? null : await db.Orders.AsNoTracking().AsSplitQuery().Include(order => order.Lines).Include(order => order.Events).SingleOrDefaultAsync(order => order.Number == found, stop);
    }

    private Task<string?> WalletNumberAsync(string number, CancellationToken stop)
    {
        var upper = number.ToUpperInvariant();
        return db.TopUps.Where(topUp => topUp.Number == upper).Select(topUp => topUp.Number)
            .Union(db.Tips.Where(tip => tip.Number == upper || tip.RefundNumber == upper).Select(tip => tip.Number))
            .Union(db.Withdrawals.Where(withdrawal => withdrawal.Number == upper || withdrawal.ReceiptNumber == number).Select(withdrawal => withdrawal.Number))
            .Union(db.Payments.Where(payment => payment.Purpose != PaymentPurpose.Order && (payment.OutTradeNo == number || payment.TradeNo == number)).Select(payment => payment.PurposeNumber))
            .Union(db.Refunds.Where(sent => sent.RefundNumber == upper && sent.Payment.Purpose != PaymentPurpose.Order).Select(sent => sent.Payment.PurposeNumber))
            .OrderBy(found => found).FirstOrDefaultAsync(stop);
    }

    private async Task<WalletFile> ReadWalletAsync(string number, CancellationToken stop)
    {
        var topUp = await db.TopUps.AsNoTracking().SingleOrDefaultAsync(topUp => topUp.Number == number, stop);
        var tip = await db.Tips.AsNoTracking().SingleOrDefaultAsync(tip => tip.Number == number, stop);
        var withdrawal = await db.Withdrawals.AsNoTracking().SingleOrDefaultAsync(withdrawal => withdrawal.Number == number, stop);
        var payments = await db.Payments.AsNoTracking().Where(payment => payment.Purpose != PaymentPurpose.Order && payment.PurposeNumber == number).OrderBy(payment => payment.Id).ToListAsync(stop);
        var (ids, numbers) = (payments.ConvertAll(payment => payment.Id), payments.ConvertAll(payment => payment.OutTradeNo));
        numbers.Insert(0, number);
        var owner = topUp?.UserId ?? tip?.UserId ?? withdrawal?.UserId;
        return new(
            number, await db.Users.Where(user => user.Id == owner).Select(user => user.UserName).SingleOrDefaultAsync(stop) ?? "", topUp, tip, withdrawal, payments,
            await db.Refunds.AsNoTracking().Where(refund => ids.Contains(refund.PaymentId)).OrderBy(refund => refund.Id).ToListAsync(stop),
            await db.WalletEntries.AsNoTracking().Where(entry => entry.Reference == number).OrderBy(entry => entry.Id).ToListAsync(stop),
            await NotificationsAsync(numbers, stop),
            await db.BillLines.AsNoTracking().Valid().Where(line => numbers.Contains(line.OutTradeNo)).OrderBy(line => line.At).ToListAsync(stop));
    }

    private async Task<MoneyFile> ReadAsync(Order order, CancellationToken stop)
    {
        var payments = await db.Payments.AsNoTracking().OfOrder(order.Number).ToListAsync(stop);
        var (ids, numbers, lines) = (payments.ConvertAll(payment => payment.Id), payments.ConvertAll(payment => payment.OutTradeNo), order.Lines.Select(line => line.Id).ToList());
        numbers.Insert(0, order.Number);
        return new(
            order,
            await db.Users.Where(user => user.Id == order.UserId).Select(user => user.UserName!).SingleAsync(stop),
            payments,
            await db.Refunds.AsNoTracking().Where(refund => ids.Contains(refund.PaymentId)).OrderBy(refund => refund.Id).ToListAsync(stop),
            await db.OrderRefunds.AsNoTracking().Include(refund => refund.Lines).Where(refund => refund.OrderId == order.Id).OrderBy(refund => refund.Id).ToListAsync(stop),
            await NotificationsAsync(numbers, stop),
            await db.CreditEntries.AsNoTracking().Where(entry => entry.OrderNumber == order.Number).OrderBy(entry => entry.Id).ToListAsync(stop),
            await db.Enrollments.AsNoTracking().Where(grant => lines.Contains(grant.OrderLineId!.Value)).OrderBy(grant => grant.Id).ToListAsync(stop),
            await db.IssuedCoupons.AsNoTracking().Include(issued => issued.Coupon).SingleOrDefaultAsync(issued => issued.Id == order.IssuedCouponId, stop),
            await db.BillLines.AsNoTracking().Valid().Where(line => numbers.Contains(line.OutTradeNo)).OrderBy(line => line.At).ToListAsync(stop));
    }

    /// <summary>Forged ones are kept without any number, since nothing in them is believed: those that mention one are shown with it.</summary>
    private async Task<List<PaymentNotification>> NotificationsAsync(List<string> numbers, CancellationToken stop)
    {
        var first = numbers[0];
        var genuine = await db.PaymentNotifications.AsNoTracking().Where(notification => numbers.Contains(notification.OutTradeNo!)).OrderBy(notification => notification.Id).Take(MostNotifications).ToListAsync(stop);
        var forged = await db.PaymentNotifications.AsNoTracking().Where(notification => notification.Verdict == NotificationVerdict.Forged && notification.Body.Contains(first))
            .OrderByDescending(notification => notification.Id).Take(MostForged).ToListAsync(stop);
        return [.. genuine, .. forged];
    }
}

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>What holds in every state of the shop, whatever happened at once.</summary>
public static class MoneyInvariants
{
    public static async Task AssertHoldAsync(this ShopHost host) => Assert.Empty(await host.ReadAsync(BrokenAsync));

    public static async Task<IReadOnlyList<string>> BrokenAsync(ShopDb db)
    {
        var broken = new List<string>();
        var orders = await db.Orders.Include(order => order.Lines).Include(order => order.Events).AsNoTracking().ToListAsync();
        var payments = await db.Payments.AsNoTracking().ToListAsync();
        var coupons = await db.IssuedCoupons.AsNoTracking().ToListAsync();
        var credits = await db.CreditEntries.AsNoTracking().ToListAsync();
        var grants = await db.Enrollments.AsNoTracking().ToListAsync();

        foreach (var order in orders)
        {
            var settled = payments.Where(payment => payment.PurposeNumber == order.Number && payment.Status == PaymentStatus.Settled).ToList();
            var isPaid = order.Status is OrderStatus.Paid or OrderStatus.PartRefunded or OrderStatus.Refunded;
            Check(settled.Count == (isPaid && !order.Total.IsZero ? 1 : 0) && settled.All(payment => payment.AmountReceived == order.Total), $"{order.Number} {order.Status} has {settled.Count} settled payments");
            Check(order.Lines.Count > 0 && order.Lines.All(line => line.Price == line.ListPrice - line.CampaignDiscount && line.Amount == line.Price - line.CouponShare - line.CreditShare && line.Amount >= Money.Zero), $"{order.Number}: a line doesn't add up");
            Check(order.Lines.Sum(line => line.Amount.Fen) == order.Total.Fen && order.Lines.Sum(line => line.Credits) == order.Credits, $"{order.Number}: the lines don't make its total");
            Check(order.Lines.All(line => grants.Count(grant => grant.OrderLineId == line.Id) == (isPaid ? 1 : 0)), $"{order.Number} {order.Status}: access doesn't follow the payment");

            var coupon = coupons.Find(issued => issued.OrderNumber == order.Number);
            var expected = order.IssuedCouponId is null || order.Status.EndedUnpaid() ? (IssuedCouponStatus?)null : isPaid ? IssuedCouponStatus.Used : IssuedCouponStatus.Held;
            Check(coupon?.Status == expected && (coupon is null || coupon.Id == order.IssuedCouponId), $"{order.Number} {order.Status}: its coupon is {coupon?.Status}");
            Check(credits.Where(entry => entry.OrderNumber == order.Number).Sum(entry => entry.Amount) == (order.Status.EndedUnpaid() ? 0 : -order.Credits), $"{order.Number}: credits held {order.Credits}, ledger disagrees");
            if (order.Status.EndedUnpaid())
                Check(payments.Where(payment => payment.PurposeNumber == order.Number).All(payment => !payment.IsLive), $"{order.Number} ended with a live attempt");
        }

        Check(credits.GroupBy(entry => entry.UserId).All(ledger => ledger.Sum(entry => entry.Amount) >= 0), "a credit balance is below zero");
        Check(payments.All(payment => payment.HasMoney == (payment.Status is PaymentStatus.Settled || payment.IsStray || payment.Status == PaymentStatus.Returned)), "a payment's state and its money disagree");
        foreach (var payment in payments.Where(payment => payment.Status is PaymentStatus.Late or PaymentStatus.Second))
            Check(await db.Refunds.AnyAsync(refund => refund.PaymentId == payment.Id && refund.Amount == payment.AmountReceived!.Value), $"{payment.TradeNo} can't stay, and nothing sends it back");
        foreach (var owned in grants.Where(grant => grant is { RevokedAt: null, EndsAt: null }).GroupBy(grant => (grant.UserId, grant.CourseId)))
            Check(owned.Count() == 1, $"user {owned.Key.UserId} bought course {owned.Key.CourseId} for ever {owned.Count()} times");
        return broken;

        void Check(bool holds, string otherwise)
        {
            if (!holds)
                broken.Add(otherwise);
        }
    }
}

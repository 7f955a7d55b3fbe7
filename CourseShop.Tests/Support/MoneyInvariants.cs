using System.Globalization;
using CourseShop.Operations;
using CourseShop.Operations.Invariants;

namespace CourseShop.Tests.Support;

/// <summary>What holds in every state of the shop, whatever happened at once: the same check that the shop runs over its own books.</summary>
public static class MoneyInvariants
{
    public static async Task AssertHoldAsync(this ShopHost host) => Assert.Empty((await host.CheckAsync()).Broken.Select(Say));

<<<<<<< HEAD
    public static async Task<IReadOnlyList<string>> BrokenAsync(ShopDb db)
    {
        var broken = new List<string>();
        var orders = await db.Orders.Include(order => order.Lines).Include(order => order.Events).AsNoTracking().ToListAsync();
        var payments = await db.Payments.AsNoTracking().ToListAsync();
        var coupons = await db.IssuedCoupons.AsNoTracking().ToListAsync();
        var credits = await db.CreditEntries.AsNoTracking().ToListAsync();
        var grants = await db.Enrollments.AsNoTracking().ToListAsync();
        var refunds = await db.Refunds.AsNoTracking().ToListAsync();

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
            CheckHolds(order);
            CheckSteps(order);
            if (order.Status.EndedUnpaid())
                Check(payments.Where(payment => payment.PurposeNumber == order.Number).All(payment => !payment.IsLive), $"{order.Number} ended with a live attempt");
        }

        Check(credits.GroupBy(entry => entry.UserId).All(ledger => ledger.Sum(entry => entry.Amount) >= 0), "a credit balance is below zero");
        Check(payments.All(payment => payment.HasMoney == (payment.Status is PaymentStatus.Settled || payment.IsStray || payment.Status == PaymentStatus.Returned)), "a payment's state and its money disagree");
        foreach (var payment in payments.Where(payment => payment.HasMoney))
            CheckWayBack(payment);
        Check(payments.Where(payment => payment.HasMoney).Select(payment => payment.TradeNo).Distinct(StringComparer.Ordinal).Count() == payments.Count(payment => payment.HasMoney), "a trade is booked twice");
        Check(refunds.Select(refund => refund.RefundNumber).Distinct(StringComparer.Ordinal).Count() == refunds.Count, "a refund's number is used twice");
        foreach (var issued in coupons)
            CheckCoupon(issued);
        foreach (var coupon in await db.Coupons.AsNoTracking().ToListAsync())
        {
            var hands = coupons.Where(issued => issued.CouponId == coupon.Id).ToList();
            Check(hands.Count == coupon.IssuedCount && !(coupon.IssuedCount > coupon.TotalLimit), $"coupon {coupon.Id}: {hands.Count} in hands, {coupon.IssuedCount} counted, {coupon.TotalLimit} allowed");
            Check(hands.GroupBy(issued => issued.UserId).All(hand => hand.Count() <= coupon.PerUserLimit), $"coupon {coupon.Id}: somebody has more than {coupon.PerUserLimit}");
        }

        foreach (var owned in grants.Where(grant => grant is { RevokedAt: null, EndsAt: null }).GroupBy(grant => (grant.UserId, grant.CourseId)))
            Check(owned.Count() == 1, $"user {owned.Key.UserId} bought course {owned.Key.CourseId} for ever {owned.Count()} times");
        return broken;

        // invariants 2 and 4: money that can't stay is on its way back whole, or a person knows; never more than came
        void CheckWayBack(Payment payment)
        {
            var (back, mine) = (payment.AmountToReturn.Fen, refunds.Where(refund => refund.PaymentId == payment.Id && refund.Status != RefundStatus.Refused).ToList());
            Check(mine.Sum(refund => refund.Amount.Fen) <= back, $"{payment.TradeNo}: more goes back than came");
            if (payment.Status is PaymentStatus.Late or PaymentStatus.Second)
                Check(mine.Sum(refund => refund.Amount.Fen) == back, $"{payment.TradeNo} can't stay, and nothing sends it back");
            if (payment.Status == PaymentStatus.Returned)
                Check(mine.Where(refund => refund.Status == RefundStatus.Done).Sum(refund => refund.Amount.Fen) == back, $"{payment.TradeNo} is returned without its money");
            Check(payment.Status != PaymentStatus.Settled || orders.Exists(order => order.Number == payment.PurposeNumber && order.Status is OrderStatus.Paid or OrderStatus.PartRefunded or OrderStatus.Refunded), $"{payment.TradeNo} is settled, and nothing is paid by it");
        }

        // invariant 6: bound to one order, held while that awaits payment, used when it is paid
        void CheckCoupon(IssuedCoupon issued)
        {
            var order = orders.Find(order => order.Number == issued.OrderNumber);
            Check(issued.Status == IssuedCouponStatus.Available ? issued.OrderNumber is null : order is not null && order.UserId == issued.UserId && order.IssuedCouponId == issued.Id, $"coupon {issued.Id} is {issued.Status} with order {issued.OrderNumber}");
            Check(order is null || order.CouponDiscount.Fen == order.Lines.Sum(line => line.CouponShare.Fen), $"{order?.Number}: the coupon's shares don't add up");
        }

        // invariant 8: held and given back by turns, always the same amount
        void CheckHolds(Order order)
        {
            var rows = credits.Where(entry => entry.OrderNumber == order.Number).OrderBy(entry => entry.Id).Select(entry => entry.Amount).ToList();
            if (order.Status is not (OrderStatus.PartRefunded or OrderStatus.Refunded))
                Check(rows.Select((amount, index) => amount == (index % 2 == 0 ? -order.Credits : order.Credits)).All(isRight => isRight) && rows.Count <= 3, $"{order.Number}: its credits moved {string.Join(", ", rows)}");
        }

        // invariant 12: the order's own history leads to its state, along the moves it may make
        void CheckSteps(Order order)
        {
            var state = OrderStatus.AwaitingPayment;
            foreach (var step in order.Events.OrderBy(step => step.Id))
            {
                OrderStatus? next = step.Kind switch
                {
                    OrderEventKind.Paid or OrderEventKind.Revived => OrderStatus.Paid,
                    OrderEventKind.Cancelled => OrderStatus.Cancelled,
                    OrderEventKind.TimedOut => OrderStatus.TimedOut,
                    _ => null,
                };
                if (next is not { } to)
                    continue;
                Check(OrderTransitions.Allow(state, to) && (step.Kind == OrderEventKind.Revived) == state.EndedUnpaid(), $"{order.Number} went from {state} to {to} by {step.Kind}");
                state = to;
            }

            Check(state == order.Status || order.Status is OrderStatus.PartRefunded or OrderStatus.Refunded, $"{order.Number} is {order.Status}, and its history says {state}");
        }

        void Check(bool holds, string otherwise)
        {
            if (!holds)
                broken.Add(otherwise);
        }
    }
=======
    public static Task<CheckReport> CheckAsync(this ShopHost host) => host.InScopeAsync<CheckMoney, CheckReport>(check => check.RunAsync(CheckPlan.Everything, CancellationToken.None));

    public static string Say(this Finding finding) => $"{finding.Rule.Number} {finding.Subject}: {string.Format(CultureInfo.InvariantCulture, finding.Rule.Broken, [.. finding.Facts])}";
>>>>>>> main
}

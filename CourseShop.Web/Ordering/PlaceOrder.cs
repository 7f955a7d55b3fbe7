using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Ordering;

/// <summary>What the confirm page sends.</summary>
/// <param name="Selection">The cart, or one course.</param>
/// <param name="Choices">Coupon and credits.</param>
/// <param name="AgreedTotal">The total that the shopper saw.</param>
/// <param name="AgreedLines">How many courses it was for: one that can't be bought any more is told, not dropped.</param>
/// <param name="CheckoutKey">One per confirm page: sent twice, it makes one order.</param>
/// <param name="Channel">How it is to be paid; from the balance at once.</param>
public sealed record CheckoutForm(
    CheckoutSelection Selection, CheckoutChoices Choices, Money AgreedTotal, int AgreedLines, string CheckoutKey, PaymentChannel Channel = PaymentChannel.Alipay);

/// <summary>Where the shopper goes next.</summary>
/// <param name="Number">The order.</param>
/// <param name="Status">Paid at once when its total is zero.</param>
/// <param name="WasThere">The course stands in this earlier order, which waits to be paid or cancelled; nothing new was made.</param>
public sealed record PlacedOrder(string Number, OrderStatus Status, bool WasThere = false);

/// <summary>
/// 提交订单, in one unit: quotes again and refuses if the total moved; else order, lines, coupon bound, credits held, bought rows out of the
/// cart, and the first payment. A total of zero is settled at once, and so is what the balance pays.
/// </summary>
public sealed class PlaceOrder(ShopWriter writer, BalanceChannel balance, PricingRules rules, IOptions<OrderingOptions> options, TimeProvider clock)
{
    public Task<Outcome<PlacedOrder>> RunAsync(long userId, CheckoutForm form, CancellationToken stop) =>
        writer.RunAsync((db, token) => PlaceAsync(db, userId, form, token), stop);

    private async Task<Outcome<PlacedOrder>> PlaceAsync(ShopDb db, long userId, CheckoutForm form, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var sameForm = await db.Orders.OwnedBy(userId).Where(order => order.CheckoutKey.StartsWith(form.CheckoutKey)).OrderByDescending(order => order.Id)
            .Select(order => new PlacedOrder(order.Number, order.Status, false)).ToListAsync(stop);
        if (sameForm.Count > 0 && !sameForm[0].Status.EndedUnpaid())
            return sameForm[0];

        var now = clock.GetUtcNow();
        var basket = await Basket.ReadAsync(db, userId, form.Selection, form.Choices, now, stop);
        if (basket.Items.Count == 0)
            return basket.LeftOut.Count > 0 ? basket.LeftOut[0].Reason : new Refusal("购物车里还没有选中课程");
        if (basket.Items.Count != form.AgreedLines)
            return new Refusal("能买的课程刚刚有变动，请确认后再提交");

        var courseIds = basket.Items.Select(item => item.CourseId).ToList();
        var unpaidElsewhere = db.Orders.OwnedBy(userId).AwaitingPayment().Where(order => order.Lines.Any(line => courseIds.Contains(line.CourseId)));
        if (await unpaidElsewhere.OrderBy(order => order.Id).Select(order => new PlacedOrder(order.Number, order.Status, true)).FirstOrDefaultAsync(stop) is { } waiting)
            return waiting;

        var quote = basket.Quote(form.Choices, rules, now);
        if (Judge(quote, form) is { } refusal)
            return refusal;
        if (form.Channel == PaymentChannel.Balance && await BalanceChannel.ObstacleAsync(db, userId, quote.Total, stop) is { } poor)
            return poor;

        var order = Order.Place(quote, userId, KeyOf(form, sameForm.Count), OrderNumber.New(now), Title(quote), now, options.Value.PaymentTimeout);
        db.Orders.Add(order);
        quote.Coupon?.HoldFor(order.Number);
        if (order.Credits > 0)
            db.CreditEntries.Add(CreditEntry.Hold(userId, order.Credits, order.Number, now));
        if (form.Selection.IsCart && await db.Carts.OwnedBy(new CartOwner(userId, null)).Include(cart => cart.Items).SingleOrDefaultAsync(stop) is { } cart)
            cart.Remove(courseIds, now);

        if (order.Total.IsZero)
            await DeliverFreeAsync(db, order, now, stop);
        else if (form.Channel == PaymentChannel.Balance)
            return await PayFromBalanceAsync(db, order, now, stop);
        else
            db.Payments.Add(Payment.Attempt(PaymentPurpose.Order, order.Number, 1, order.Total, order.Title, now, order.PayBy));
        await db.SaveChangesAsync(stop);
        return new PlacedOrder(order.Number, order.Status);
    }

    /// <summary>A form sent again after its order had ended (the back button) is a new wish, with a key of its own.</summary>
    private static string KeyOf(CheckoutForm form, int endedBefore) => endedBefore == 0 ? form.CheckoutKey : $"{form.CheckoutKey}:{endedBefore}";

    private static Refusal? Judge(Quote quote, CheckoutForm form)
    {
        if (form.Choices.CouponId is not null && quote.Coupon is null)
            return quote.CouponObstacle ?? new Refusal("优惠券已被使用或已过期");
        if (form.Choices.Credits > quote.MostCredits)
            return new Refusal("积分不足，最多可用 {0}", quote.MostCredits);
        return quote.Total == form.AgreedTotal ? null : new Refusal("价格刚刚有变动，请确认新的金额：{0}", quote.Total);
    }

    /// <summary>The settlement finds an order in the database, so it is saved first; both are one unit.</summary>
    private async Task<PlacedOrder> PayFromBalanceAsync(ShopDb db, Order order, DateTimeOffset now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        await OrderFromBalance.PayAsync(db, balance, order, now, stop);
        await db.SaveChangesAsync(stop);
        return new PlacedOrder(order.Number, order.Status);
    }

    /// <summary>Lines need their numbers before access can name them, so the order is saved first; both are one unit.</summary>
    private static async Task DeliverFreeAsync(ShopDb db, Order order, DateTimeOffset now, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        await OrderDelivery.DeliverAsync(db, order, null, now, stop);
    }

    private static string Title(Quote quote) =>
        quote.Lines.Count == 1 ? quote.Lines[0].Title : $"{quote.Lines[0].Title}等{quote.Lines.Count}门课程";
}

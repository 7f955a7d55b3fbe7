using System.Collections.Concurrent;
using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>
/// Ends orders past their deadline. Those that were never opened at a gateway are ended by set-based statements, in slices; for the others the
/// gateway is asked first: paid → settled, waiting → closed there, then here; no answer → kept, and asked again at the next sweep.
/// </summary>
public sealed class CloseUnpaidOrders(ShopDb db, ShopWriter writer, ClosePayment close, TimeProvider clock, ILogger<CloseUnpaidOrders> log)
{
    private const int FewestAtOnce = 50;
    private const int MostAtOnce = 1000;
    private const int MostAskedPerSweep = 200;
    private const int AskedAtOnce = 4;

    /// <summary>So long may a slice work, whatever the machine: who wants to write waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(8);

    /// <summary>How many orders ended.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var ended = await EndUntouchedAsync(stop);
        var now = clock.GetUtcNow();
        var asked = await db.Orders.AsNoTracking().Overdue(now).Where(order => order.AskAgainAt == null || order.AskAgainAt <= now).OrderBy(order => order.PayBy).Select(order => order.Number).Take(MostAskedPerSweep).ToListAsync(stop);
        var opened = await db.Payments.AsNoTracking().Opened().Where(payment => payment.Purpose == PaymentPurpose.Order && asked.Contains(payment.PurposeNumber)).OrderBy(payment => payment.PayBy).ThenBy(payment => payment.Id).ToListAsync(stop);
        var waiting = new ConcurrentQueue<IGrouping<string, Payment>>(opened.GroupBy(payment => payment.PurposeNumber, StringComparer.Ordinal));
        return ended + (await Task.WhenAll(Enumerable.Range(0, AskedAtOnce).Select(_ => EndInTurnAsync(waiting, stop)))).Sum();
    }

    private async Task<int> EndUntouchedAsync(CancellationToken stop)
    {
        var ended = 0;
        for (var most = FewestAtOnce; ;)
        {
            var (count, took) = await writer.RunAsync(async (unit, token) =>
            {
                var since = clock.GetTimestamp();
                return (await EndSliceAsync(unit, most, token), clock.GetElapsedTime(since));
            }, stop);
            if (count == 0)
                return ended;
            ended += count;
            most = (int)Math.Clamp(most * (Patience / took), FewestAtOnce, MostAtOnce);
        }
    }

    /// <summary>One of several who take the longest overdue order that waits, one after another.</summary>
    private async Task<int> EndInTurnAsync(ConcurrentQueue<IGrouping<string, Payment>> waiting, CancellationToken stop)
    {
        var ended = 0;
        while (waiting.TryDequeue(out var attempts))
        {
            stop.ThrowIfCancellationRequested();
            if (await EndAfterAskingAsync(attempts.Key, [.. attempts], stop))
                ended++;
        }

        return ended;
    }

    private async Task<bool> EndAfterAskingAsync(string number, List<Payment> attempts, CancellationToken stop)
    {
        try
        {
            foreach (var attempt in attempts)
            {
                if (await close.RunAsync(attempt, stop) is not ClosingResult.Closed and var result)
                    return result == ClosingResult.Unknown && await AskLaterAsync(number, stop);
            }

            return await writer.RunAsync(async (unit, token) =>
            {
                await unit.Orders.Where(order => order.Number == number).TakeTurnOfOwnerAsync(unit, token);
                var order = await unit.Orders.SingleAsync(order => order.Number == number, token);
                var hasEnded = await OrderEnding.EndAsync(unit, order, attempts.ConvertAll(attempt => attempt.Id), OrderStatus.TimedOut, clock.GetUtcNow(), token);
                await unit.SaveChangesAsync(token);
                return hasEnded;
            }, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // one bad order must not keep the others waiting
        {
            log.LogError(failure, "Order {Number} could not be ended; the next sweep tries again", number);
            return false;
        }
    }

    private async Task<bool> AskLaterAsync(string number, CancellationToken stop)
    {
        await writer.RunAsync(async (unit, token) =>
        {
            (await unit.Orders.SingleAsync(order => order.Number == number, token)).AskLater(clock.GetUtcNow());
            return await unit.SaveChangesAsync(token);
        }, stop);
        return false;
    }

    /// <summary>Whose turn another unit has is left to the next sweep; the others are looked at once more, since it is our turn only now.</summary>
    private async Task<int> EndSliceAsync(ShopDb unit, int most, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var untouched = unit.Orders.Overdue(now)
            .Where(order => !unit.Payments.Any(payment => payment.Purpose == PaymentPurpose.Order && payment.PurposeNumber == order.Number && payment.Status == PaymentStatus.Opened));
        var found = await untouched.OrderBy(order => order.PayBy).Select(order => new { order.Id, order.UserId }).Take(most).ToListAsync(stop);
        var free = await unit.Dialect.TakeFreeTurnsAsync(unit, found.ConvertAll(order => order.UserId), stop);
        var ours = found.Where(order => free.Contains(order.UserId)).Select(order => order.Id).ToList();
        var ids = unit.Dialect.HasOneWriter ? ours : await untouched.Where(order => ours.Contains(order.Id)).Select(order => order.Id).ToListAsync(stop);
        if (ids.Count == 0)
            return 0;

#pragma warning disable EF1002 // the list holds row numbers that were just read
        await unit.Database.ExecuteSqlRawAsync(EndingOf(string.Join(',', ids), now.ToUnixTimeMilliseconds()), stop);
#pragma warning restore EF1002
        return ids.Count;
    }

    /// <summary>The order matters: what finds the orders by their state comes before the state changes.</summary>
    private static string EndingOf(string ids, long at)
    {
        var them = string.Create(CultureInfo.InvariantCulture, $"""WHERE "Id" IN ({ids}) AND "Status" = {(int)OrderStatus.AwaitingPayment}""");
        var withCoupon = $"""FROM "Orders" {them} AND "IssuedCouponId" IS NOT NULL""";
        return string.Create(CultureInfo.InvariantCulture, $"""
            UPDATE "IssuedCoupons" SET "Status" = {(int)IssuedCouponStatus.Available}, "OrderNumber" = NULL
                WHERE "Id" IN (SELECT "IssuedCouponId" {withCoupon}) AND "Status" = {(int)IssuedCouponStatus.Held} AND "OrderNumber" IN (SELECT "Number" {withCoupon});
            UPDATE "Payments" SET "Status" = {(int)PaymentStatus.Closed}, "ClosedAt" = {at}
                WHERE "Purpose" = {(int)PaymentPurpose.Order} AND "Status" = {(int)PaymentStatus.Created} AND "PurposeNumber" IN (SELECT "Number" FROM "Orders" {them});
            INSERT INTO "CreditEntries" ("UserId", "Amount", "Kind", "ReasonKey", "OrderNumber", "At")
                SELECT "UserId", "Credits", {(int)CreditKind.Returned}, 'order:' || "Number" || ':release', "Number", {at} FROM "Orders" {them} AND "Credits" > 0;
            INSERT INTO "OrderEvents" ("OrderId", "Kind", "At") SELECT "Id", {(int)OrderEventKind.TimedOut}, {at} FROM "Orders" {them};
            UPDATE "Orders" SET "Status" = {(int)OrderStatus.TimedOut}, "ClosedAt" = {at} {them};
            """);
    }
}

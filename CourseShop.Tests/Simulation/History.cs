using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Simulation;

/// <summary>What was seen once: rows of ledgers never change and never go, and states only move on.</summary>
internal sealed class History
{
    private readonly Dictionary<string, string> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PaymentStatus> _payments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RefundStatus> _refunds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderRefundStatus> _orderRefunds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OrderStatus> _orders = new(StringComparer.Ordinal);

    /// <summary>Looks, compares with all looks before, and says what can't be.</summary>
    public async Task<List<string>> BrokenAsync(ShopDb db)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in await db.CreditEntries.AsNoTracking().ToListAsync())
            rows[$"credits {entry.Id}"] = $"{entry.UserId} {entry.Amount} {entry.ReasonKey} {entry.OrderNumber} {entry.At:O}";
        foreach (var step in await db.OrderEvents.AsNoTracking().ToListAsync())
            rows[$"step {step.Id}"] = $"{step.OrderId} {step.Kind} {step.Detail} {step.At:O}";
        foreach (var news in await db.PaymentNotifications.AsNoTracking().ToListAsync())
            rows[$"notification {news.Id}"] = $"{news.NotifyId} {news.Verdict} {news.Body} {news.ReceivedAt:O}";
        foreach (var line in await db.OrderLines.AsNoTracking().ToListAsync())
            rows[$"line {line.Id}"] = $"{line.OrderId} {line.CourseId} {line.TermDays} {line.ListPrice} {line.CampaignDiscount} {line.CouponShare} {line.CreditShare} {line.Amount}";

        var broken = _rows.Where(row => rows.GetValueOrDefault(row.Key) != row.Value).Select(row => $"{row.Key} was {row.Value}, is {rows.GetValueOrDefault(row.Key) ?? "gone"}").ToList();
        foreach (var (key, row) in rows)
            _rows[key] = row;
        broken.AddRange(Moves(_orders, await db.Orders.AsNoTracking().ToDictionaryAsync(order => order.Number, order => order.Status, StringComparer.Ordinal), CanBecome));
        broken.AddRange(Moves(_payments, await db.Payments.AsNoTracking().ToDictionaryAsync(payment => $"payment {payment.Id}", payment => payment.Status, StringComparer.Ordinal), CanBecome));
        broken.AddRange(Moves(_refunds, await db.Refunds.AsNoTracking().ToDictionaryAsync(refund => $"{refund.RefundNumber} of {refund.Amount}", refund => refund.Status, StringComparer.Ordinal), (from, _) => from == RefundStatus.Open));
        broken.AddRange(Moves(_orderRefunds, await db.OrderRefunds.AsNoTracking().ToDictionaryAsync(refund => $"{refund.Number} of {refund.Money} and {refund.Credits}", refund => refund.Status, StringComparer.Ordinal), CanBecome));
        return broken;
    }

    private static IEnumerable<string> Moves<T>(Dictionary<string, T> before, Dictionary<string, T> now, Func<T, T, bool> canBecome)
        where T : struct, Enum
    {
        foreach (var (key, from) in before)
        {
            if (!now.TryGetValue(key, out var to))
                yield return $"{key} was {from}, is gone";
            else if (!from.Equals(to) && !canBecome(from, to))
                yield return $"{key} was {from}, is {to}";
        }

        foreach (var (key, state) in now)
            before[key] = state;
    }

    /// <summary>In one move or in several: nobody looks all the time.</summary>
    private static bool CanBecome(OrderStatus from, OrderStatus to)
    {
        var reached = new HashSet<OrderStatus> { from };
        while (Enum.GetValues<OrderStatus>().Any(next => reached.Any(known => OrderTransitions.Allow(known, next)) && reached.Add(next)))
        {
            // one more is reached
        }

        return reached.Contains(to);
    }

    private static bool CanBecome(PaymentStatus from, PaymentStatus to) => from switch
    {
        PaymentStatus.Created => true,
        PaymentStatus.Opened or PaymentStatus.Closed => to is not PaymentStatus.Created and not PaymentStatus.Opened,
        PaymentStatus.Late or PaymentStatus.Second => to is PaymentStatus.Held or PaymentStatus.Returned or PaymentStatus.Settled,
        PaymentStatus.Held => to is PaymentStatus.Returned or PaymentStatus.Settled,
        _ => false,
    };

    private static bool CanBecome(OrderRefundStatus from, OrderRefundStatus to) => from switch
    {
        OrderRefundStatus.Requested => true,
        OrderRefundStatus.Open => to is OrderRefundStatus.Done or OrderRefundStatus.Failed,
        _ => false,
    };
}

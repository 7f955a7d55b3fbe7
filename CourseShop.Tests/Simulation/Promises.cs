using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Simulation;

/// <summary>What the shop said yes to, to a person or to the gateway: from then on it is so, whatever crashes.</summary>
internal sealed class Promises
{
    private readonly Dictionary<string, long> _placed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cancelled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private readonly HashSet<string> _foundPaid = new(StringComparer.Ordinal);
    private readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);
    private readonly HashSet<long> _sentBack = [];
    private readonly HashSet<long> _accepted = [];
    private readonly HashSet<long> _begun = [];
    private readonly HashSet<long> _takenBack = [];

    public void Placed(string number, long userId) => _placed[number] = userId;

    public void Cancelled(string number) => _cancelled.Add(number);

    public void Opened(string outTradeNo) => _opened.Add(outTradeNo);

    public void FoundPaid(string number) => _foundPaid.Add(number);

    /// <summary>`success` for the news of a trade that was paid.</summary>
    public void Acknowledged(string tradeNo) => _acknowledged.Add(tradeNo);

    public void SentBack(long paymentId) => _sentBack.Add(paymentId);

    public void Accepted(long paymentId) => _accepted.Add(paymentId);

    /// <summary>A refund of these lines was asked for, or begun.</summary>
    public void Begun(IEnumerable<long> lineIds) => _begun.UnionWith(lineIds);

    public void TakenBack(IEnumerable<long> lineIds) => _takenBack.UnionWith(lineIds);

    public bool IsAcknowledged(string tradeNo) => _acknowledged.Contains(tradeNo);

    public async Task<List<string>> BrokenAsync(ShopDb db)
    {
        var orders = await db.Orders.AsNoTracking().ToDictionaryAsync(order => order.Number, StringComparer.Ordinal);
        var payments = await db.Payments.AsNoTracking().ToListAsync();
        var refunded = await db.Refunds.Select(refund => refund.PaymentId).ToListAsync();
        var lines = await db.OrderRefundLines.Select(line => line.OrderLineId).ToListAsync();
        var takenBack = await db.OrderLines.Where(line => line.RefundedAt != null).Select(line => line.Id).ToListAsync();
        return
        [
            .. _placed.Where(placed => orders.GetValueOrDefault(placed.Key)?.UserId != placed.Value).Select(placed => $"{placed.Key} was placed, and is gone"),
            .. _cancelled.Where(number => orders[number].Status is OrderStatus.AwaitingPayment or OrderStatus.TimedOut).Select(number => $"{number} was cancelled, and is {orders[number].Status}"),
            .. _opened.Where(opened => !payments.Exists(payment => payment.OutTradeNo == opened && payment.Status != PaymentStatus.Created)).Select(opened => $"{opened} was opened, and is not"),
            .. _foundPaid.Where(number => !payments.Exists(payment => payment.PurposeNumber == number && payment.HasMoney)).Select(number => $"{number} was found paid, and its money is not there"),
            .. _acknowledged.Where(tradeNo => !payments.Exists(payment => payment.TradeNo == tradeNo)).Select(tradeNo => $"{tradeNo} was acknowledged, and is not there"),
            .. _sentBack.Where(id => !refunded.Contains(id) && !payments.Exists(payment => payment.Id == id && payment.Status == PaymentStatus.Returned)).Select(id => $"payment {id} was sent back, and is not"),
            .. _accepted.Where(id => !payments.Exists(payment => payment.Id == id && payment.Status == PaymentStatus.Settled)).Select(id => $"payment {id} was accepted, and is not"),
            .. _begun.Except(lines).Select(id => $"the refund of line {id} was begun, and is gone"),
            .. _takenBack.Except(takenBack).Select(id => $"line {id} was taken back, and is not"),
        ];
    }
}

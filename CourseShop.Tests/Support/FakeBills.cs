using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseShop.Tests.Support;

/// <summary>The bills that a fake gateway hands out, by day; a day without one has none yet.</summary>
public sealed class FakeBills
{
    public ConcurrentDictionary<DateOnly, IReadOnlyList<BillEntry>> Days { get; } = new();

    /// <summary>Instead of the days: rows as they are read, one after the other.</summary>
    public Func<DateOnly, IEnumerable<BillEntry>>? Stream { get; set; }

    /// <summary>No sure answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What happens before a row is handed out; may throw, wait, or look around.</summary>
    public Func<int, Task>? BeforeRow { get; set; }

    /// <summary>How often a bill was asked for.</summary>
    public ConcurrentQueue<DateOnly> Asked { get; } = new();

    /// <summary>How many bills were taken and not disposed of.</summary>
    public int Held => _held;

    private int _held;

    /// <summary>Adds a row to the bill of the day on which it moved, in Beijing.</summary>
    public void Add(BillEntry entry) => AddTo(entry.At.BeijingDay(), entry);

    public void AddTo(DateOnly day, params BillEntry[] entries) => Days.AddOrUpdate(day, _ => entries, (_, before) => [.. before, .. entries]);

    public static BillEntry Payment(string tradeNo, string outTradeNo, Money amount, DateTimeOffset at) => new(BillEntryKind.Payment, tradeNo, outTradeNo, null, amount, new Money((amount.Fen * 6 + 500) / 1000), at);

    public static BillEntry Refund(string tradeNo, string outTradeNo, string refundNumber, Money amount, DateTimeOffset at) => new(BillEntryKind.Refund, tradeNo, outTradeNo, refundNumber, amount, Money.Zero, at);

    public GatewayAnswer<GatewayBill> Answer(DateOnly day)
    {
        Asked.Enqueue(day);
        if (IsSilent)
            return new(GatewayVerdict.Unknown, Code: "timeout");
        var rows = Stream?.Invoke(day) ?? Days.GetValueOrDefault(day);
        if (rows is null)
            return new(GatewayVerdict.No, Refusal: GatewayRefusal.NoBill, Code: "BILL_NOT_EXIST");
        Interlocked.Increment(ref _held);
        return new(GatewayVerdict.Yes, new Bill(this, rows));
    }

    private sealed class Bill(FakeBills bills, IEnumerable<BillEntry> rows) : GatewayBill
    {
        public override async IAsyncEnumerable<BillEntry> ReadAsync([EnumeratorCancellation] CancellationToken stop)
        {
            foreach (var (place, row) in rows.Index())
            {
                stop.ThrowIfCancellationRequested();
                if (bills.BeforeRow is { } before)
                    await before(place + 1);
                yield return row;
            }
        }

        public override ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref bills._held);
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>A shop whose gateway is the fake Alipay, with bills that a test writes.</summary>
public sealed class ShopWithBills : ShopHost
{
    public FakeBills Bills { get; } = new();

    protected override void ConfigureAlipay(IServiceCollection services)
    {
        base.ConfigureAlipay(services);
        services.AddSingleton<AlipayGateway>();
        services.Replace(ServiceDescriptor.Singleton<IPaymentGateway>(provider => new Gateway(provider.GetRequiredService<AlipayGateway>(), Bills)));
    }

    private sealed class Gateway(AlipayGateway alipay, FakeBills bills) : IPaymentGateway
    {
        public PaymentChannel Channel => alipay.Channel;

        public string PayPage(PaymentRequest request, DateTimeOffset now) => alipay.PayPage(request, now);

        public Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop, string? tradeNo = null) => alipay.QueryAsync(outTradeNo, stop, tradeNo);

        public Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop) => alipay.CloseAsync(outTradeNo, stop);

        public Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo, CancellationToken stop) => alipay.CancelAsync(outTradeNo, stop);

        public Task<GatewayAnswer<GatewayRefund>> RefundAsync(RefundRequest request, CancellationToken stop) => alipay.RefundAsync(request, stop);

        public Task<GatewayAnswer<GatewayRefund>> QueryRefundAsync(string outTradeNo, string tradeNo, string refundNumber, CancellationToken stop) => alipay.QueryRefundAsync(outTradeNo, tradeNo, refundNumber, stop);

        public Task<GatewayAnswer<GatewayBill>> BillAsync(DateOnly day, CancellationToken stop) => Task.FromResult(bills.Answer(day));
    }
}

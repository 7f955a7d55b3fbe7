using System.Globalization;
using CourseShop.Common;
using CourseShop.Payments;

namespace CourseShop.Tests.Simulation;

/// <summary>A trade as the gateway keeps it.</summary>
internal sealed class SimulatedTrade(string outTradeNo, string tradeNo, Money amount, DateTimeOffset expiresAt)
{
    public string OutTradeNo => outTradeNo;
    public string TradeNo => tradeNo;
    public Money Amount => amount;
    public GatewayTradeStatus Status { get; set; }
    public DateTimeOffset ExpiresAt => expiresAt;
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>By our number of the refund.</summary>
    public Dictionary<string, Money> Refunds { get; } = new(StringComparer.Ordinal);

    public Money Refunded { get; private set; }

    public void Pay(DateTimeOffset now) => (Status, PaidAt) = (GatewayTradeStatus.Paid, now);

    public void Refund(string number, Money back)
    {
        Refunds[number] = back;
        Refunded += back;
        if (Refunded == amount)
            Status = GatewayTradeStatus.Closed;
    }

    public GatewayTrade Tell() => new(outTradeNo, tradeNo, Status, amount, Refunded, "159****5620", PaidAt);
}

/// <summary>The signed address of a payment page, which a buyer may keep.</summary>
internal sealed record PaymentPage(string OutTradeNo, Money Amount, DateTimeOffset ExpiresAt)
{
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{OutTradeNo}|{Amount.Fen}|{ExpiresAt.ToUnixTimeMilliseconds()}");

    public static PaymentPage Read(string address)
    {
        var parts = address.Split('|');
        return new(parts[0], new Money(long.Parse(parts[1], CultureInfo.InvariantCulture)), DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
    }
}

/// <summary>Something that the gateway has to tell, until it is acknowledged.</summary>
internal sealed record News(string Id, GatewayTrade Trade);

/// <summary>
/// A small honest Alipay: it closes by itself at the deadline, takes no money for what is closed, gives money back once per number. Each call is on its
/// way until the seed lets it arrive, and its answer is on its way until the seed lets it come, or get lost.
/// </summary>
internal sealed class SimulatedGateway(SimulatedClock clock, Story story) : IPaymentGateway, IPayoutGateway
{
    private readonly List<GatewayCall> _calls = [];

    public List<SimulatedTrade> Trades { get; } = [];

    /// <summary>News that were not acknowledged, and some that were and come again.</summary>
    public List<News> Outbox { get; } = [];

    /// <summary>All news there ever were.</summary>
    public List<News> Archive { get; } = [];

    /// <summary>How many calls of a hundred get lost on their way, there or back.</summary>
    public int LostOfHundred { get; set; }

    /// <summary>A planted fault: money moves each time it is asked for.</summary>
    public bool ForgetsRefunds { get; init; }

    /// <summary>What was transferred, by number.</summary>
    public Dictionary<string, Money> Transfers { get; } = new(StringComparer.Ordinal);

    public bool IsCalled => _calls.Count > 0;

    public PaymentChannel Channel => PaymentChannel.Alipay;

    public string PayPage(PaymentRequest request, DateTimeOffset now) => new PaymentPage(request.OutTradeNo, request.Amount, request.ExpiresAt).Address;

    public Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop, string? tradeNo = null) => CallAsync($"query {story.Name(outTradeNo)}", () =>
        Find(outTradeNo, tradeNo) is { } trade ? Yes(trade.Tell() with { Refunded = Money.Zero }) : No<GatewayTrade>(GatewayRefusal.TradeNotExist)); // a query tells of no refunds

    public Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop) => CallAsync($"close {story.Name(outTradeNo)}", () =>
    {
        if (Find(outTradeNo) is not { } trade)
            return No<Done>(GatewayRefusal.TradeNotExist);
        if (trade.Status != GatewayTradeStatus.WaitingForBuyer)
            return No<Done>(GatewayRefusal.TradeStatusWrong);
        trade.Status = GatewayTradeStatus.Closed;
        return Yes(default(Done));
    });

    public Task<GatewayAnswer<GatewayRefund>> RefundAsync(RefundRequest request, CancellationToken stop) => CallAsync($"refund {story.Name(request.OutTradeNo)}", () =>
    {
        var trade = Trades.Find(known => known.TradeNo == request.TradeNo);
        if (trade is null)
            return No<GatewayRefund>(GatewayRefusal.TradeNotExist);
        if (!trade.Refunds.TryGetValue(request.RefundNumber, out var before) || ForgetsRefunds)
        {
            if (!ForgetsRefunds && (trade.Status != GatewayTradeStatus.Paid || trade.Refunded + request.Amount > trade.Amount))
                return No<GatewayRefund>(GatewayRefusal.RefundNotPossible);
            trade.Refund(request.RefundNumber, request.Amount);
            Tell(trade);
        }
        else if (before != request.Amount)
        {
            return No<GatewayRefund>(GatewayRefusal.RefundNotPossible);
        }

        return Yes(new GatewayRefund(true, trade.Refunded));
    });

    public Task<GatewayAnswer<GatewayRefund>> QueryRefundAsync(string outTradeNo, string tradeNo, string refundNumber, CancellationToken stop) => CallAsync($"query refund of {story.Name(outTradeNo)}", () =>
        Trades.Find(known => known.TradeNo == tradeNo) is not { } trade ? No<GatewayRefund>(GatewayRefusal.TradeNotExist)
        : Yes(new GatewayRefund(trade.Refunds.ContainsKey(refundNumber) && !ForgetsRefunds, trade.Refunded)));

    public Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo, CancellationToken stop) => throw new NotSupportedException("The shop closes what it doesn't want.");

    public Task<GatewayAnswer<GatewayBill>> BillAsync(DateOnly day, CancellationToken stop) => throw new NotSupportedException("No bill is asked for in a simulation.");

    public Task<GatewayAnswer<GatewayTransfer>> TransferAsync(TransferRequest request, CancellationToken stop) => CallAsync("transfer", () =>
        Transfers.TryAdd(request.TransferNumber, request.Amount) || Transfers[request.TransferNumber] == request.Amount ? Yes(Transferred) : No<GatewayTransfer>(GatewayRefusal.TransferDiffers));

    public Task<GatewayAnswer<GatewayTransfer>> QueryTransferAsync(string transferNumber, CancellationToken stop) => CallAsync("query transfer", () =>
        Transfers.ContainsKey(transferNumber) ? Yes(Transferred) : No<GatewayTransfer>(GatewayRefusal.TransferNotExist));

    public Task<GatewayAnswer<GatewayBalance>> BalanceAsync(CancellationToken stop) => throw new NotSupportedException("Nobody looks at the balance in a simulation.");

    /// <summary>A buyer opens the payment page: from now on there is a trade. Null when the page is worth nothing any more.</summary>
    public SimulatedTrade? Visit(PaymentPage page)
    {
        if (Find(page.OutTradeNo) is { } known)
            return known;
        return clock.Now < page.ExpiresAt ? Begin(page, page.Amount) : null;
    }

    /// <summary>A buyer pays, if the trade can still be paid.</summary>
    public bool Pay(SimulatedTrade trade)
    {
        CloseOverdue();
        if (trade.Status != GatewayTradeStatus.WaitingForBuyer)
            return false;
        trade.Pay(clock.Now);
        Tell(trade);
        return true;
    }

    /// <summary>What should not happen and does: a further trade of the same number, or one of another amount.</summary>
    public void PayOddly(PaymentPage page, Money amount)
    {
        var trade = Begin(page, amount);
        trade.Pay(clock.Now);
        Tell(trade);
    }

    /// <summary>The time in which this trade could be refunded is over.</summary>
    public void Finish(SimulatedTrade trade)
    {
        trade.Status = GatewayTradeStatus.Finished;
        Tell(trade);
    }

    /// <summary>One call goes on: it arrives, its answer comes, or one of the two gets lost.</summary>
    public void GoOn(Random random)
    {
        var call = _calls[random.Next(_calls.Count)];
        if (random.Next(100) < LostOfHundred / 2)
        {
            story.Tell($"  lost: {(call.HasArrived ? "the answer to" : "")} {call.Name}");
            call.Lose();
        }
        else if (!call.HasArrived)
        {
            story.Tell($"  {call.Name}");
            CloseOverdue();
            call.Arrive();
            return;
        }
        else
        {
            story.Tell($"  answer to {call.Name}: {call.AnswerText}");
            call.Answer();
        }

        _calls.Remove(call);
    }

    /// <summary>A process is gone: some of its calls arrive all the same, and nobody hears the answers.</summary>
    public void Forget(ShopProcess process, Random random)
    {
        foreach (var call in _calls.Where(call => call.Caller == process).ToList())
        {
            if (!call.HasArrived && random.Next(2) == 0)
                call.Arrive();
            _calls.Remove(call);
        }
    }

    private SimulatedTrade Begin(PaymentPage page, Money amount)
    {
        var trade = new SimulatedTrade(page.OutTradeNo, string.Create(CultureInfo.InvariantCulture, $"T{Trades.Count + 1}"), amount, page.ExpiresAt);
        Trades.Add(trade);
        return trade;
    }

    private SimulatedTrade? Find(string outTradeNo, string? tradeNo = null)
    {
        CloseOverdue();
        return Trades.Find(trade => tradeNo is null ? trade.OutTradeNo == outTradeNo : trade.TradeNo == tradeNo);
    }

    private void CloseOverdue()
    {
        foreach (var trade in Trades.Where(trade => trade.Status == GatewayTradeStatus.WaitingForBuyer && trade.ExpiresAt <= clock.Now))
        {
            trade.Status = GatewayTradeStatus.Closed;
            Tell(trade);
        }
    }

    private void Tell(SimulatedTrade trade)
    {
        var news = new News(string.Create(CultureInfo.InvariantCulture, $"N{Archive.Count + 1}"), trade.Tell());
        Outbox.Add(news);
        Archive.Add(news);
    }

    private Task<GatewayAnswer<T>> CallAsync<T>(string name, Func<GatewayAnswer<T>> effect)
    {
        var call = new GatewayCall<T>(name, effect);
        _calls.Add(call);
        return call.Answered;
    }

    private static GatewayTransfer Transferred => new(TransferStatus.Done, "order", null, null);

    private static GatewayAnswer<T> Yes<T>(T value) => new(GatewayVerdict.Yes, value);

    private static GatewayAnswer<T> No<T>(GatewayRefusal refusal) => new(GatewayVerdict.No, Refusal: refusal, Code: refusal.ToString());
}

using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>What a payment is for; its <see cref="IPaymentReceiver"/> books it.</summary>
public enum PaymentPurpose
{
    /// <summary>An order of courses.</summary>
    Order,

    /// <summary>充值: money for a wallet.</summary>
    TopUp,

    /// <summary>赞赏: money for the author of an article.</summary>
    Tip,
}

/// <summary>Where an attempt stands. Money came in from <see cref="Settled"/> on, except for <see cref="Closed"/>.</summary>
public enum PaymentStatus
{
    /// <summary>Made, never shown to the gateway.</summary>
    Created,

    /// <summary>The buyer was led to the gateway: it may be paid at any time.</summary>
    Opened,

    /// <summary>Paid and delivered.</summary>
    Settled,

    /// <summary>Can't be paid any more.</summary>
    Closed,

    /// <summary>Money came that doesn't fit (another amount, a refund before the payment was known): staff decide.</summary>
    Held,

    /// <summary>Money came after the order had ended and what it bought can't be given any more: to be refunded.</summary>
    Late,

    /// <summary>Money came for an order that was paid already: to be refunded.</summary>
    Second,

    /// <summary>Late, second or held money that went back whole.</summary>
    Returned,
}

/// <summary>One attempt to pay one thing: it has a number of its own at the gateway. Amounts in fen, times in UTC.</summary>
public sealed class Payment
{
    /// <summary>Not offered in the last minute before the deadline: Alipay refuses shorter times.</summary>
    private static readonly TimeSpan LastCall = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private Payment()
    {
    }

    /// <summary>Row number.</summary>
    public long Id { get; private set; }

    /// <summary>What it is for.</summary>
    public PaymentPurpose Purpose { get; private set; }

    /// <summary>The number of what it is for, such as the order number.</summary>
    public string PurposeNumber { get; private set; } = "";

    /// <summary>Which gateway.</summary>
    public PaymentChannel Channel { get; private set; }

    /// <summary>Our number at the gateway (Alipay: out_trade_no). Never used again for anything else.</summary>
    public string OutTradeNo { get; private set; } = "";

    /// <summary>What is asked for, in fen.</summary>
    public Money Amount { get; private set; }

    /// <summary>What the buyer reads at the gateway.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; private set; }

    /// <summary>The deadline, UTC.</summary>
    public DateTimeOffset PayBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the buyer was first led to the gateway, UTC.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>When the money was known to us, UTC.</summary>
    public DateTimeOffset? ReceivedAt { get; private set; }

    /// <summary>When the buyer paid by the gateway's clock, UTC.</summary>
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Past its deadline without a sure answer of the gateway: when it is asked about next, UTC. An order keeps that for its own attempts.</summary>
    public DateTimeOffset? AskAgainAt { get; private set; }

    /// <summary>The gateway's number (Alipay: trade_no); unique.</summary>
    public string? TradeNo { get; private set; }

    /// <summary>What came in, in fen.</summary>
    public Money? AmountReceived { get; private set; }

    /// <summary>What had gone back before we knew of the money, in fen.</summary>
    public Money AlreadyRefunded { get; private set; }

    /// <summary>What refunds of ours take of it, in fen: those that are done and those that are under way.</summary>
    public Money Refunded { get; private set; }

    /// <summary>What is left to give back, in fen; no refund may take more.</summary>
    public Money Remaining => (AmountReceived ?? Money.Zero) - AlreadyRefunded - Refunded;

    /// <summary>The buyer's masked name at the gateway.</summary>
    public string? Buyer { get; private set; }

    /// <summary>A further trade that the gateway made for the same number (paid twice there); not an attempt of ours.</summary>
    public bool IsExtra { get; private set; }

    /// <summary>Still payable as far as we know.</summary>
    public bool IsLive => Status is PaymentStatus.Created or PaymentStatus.Opened;

    /// <summary>Money came in with this attempt.</summary>
    public bool HasMoney => TradeNo is not null;

    /// <summary>Money that can't stay, and has not gone back yet.</summary>
    public bool IsStray => Status is PaymentStatus.Held or PaymentStatus.Late or PaymentStatus.Second;

    /// <summary>A first or further attempt: <c>NUMBER</c>, <c>NUMBER_2</c>, …</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="number">Its number.</param>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="amount">In fen; at least 1.</param>
    /// <param name="subject">What the buyer reads.</param>
    /// <param name="now">UTC.</param>
    /// <param name="payBy">UTC.</param>
    /// <param name="channel">What the money comes through.</param>
    public static Payment Attempt(
        PaymentPurpose purpose, string number, int attempt, Money amount, string subject, DateTimeOffset now, DateTimeOffset payBy, PaymentChannel channel = PaymentChannel.Alipay)
    {
        if (amount <= Money.Zero)
            throw new ArgumentOutOfRangeException(nameof(amount), "A payment asks for money; a total of zero is settled without one.");

        return new()
        {
            Purpose = purpose,
            PurposeNumber = number,
            Channel = channel,
            OutTradeNo = attempt == 1 ? number : $"{number}_{attempt}",
            Amount = amount,
            Subject = subject,
            CreatedAt = now,
            PayBy = payBy,
        };
    }

    /// <summary>Whether a deadline leaves the time that a payment page needs.</summary>
    /// <param name="payBy">UTC.</param>
    /// <param name="now">UTC.</param>
    public static bool LeavesTime(DateTimeOffset payBy, DateTimeOffset now) => now < payBy - LastCall;

    /// <summary>Whether the buyer may be led to the gateway now.</summary>
    public bool CanOpen(DateTimeOffset now) => IsLive && LeavesTime(PayBy, now);

    /// <summary>Notes that the buyer is led to the gateway; from now on the gateway must be asked before this attempt is closed.</summary>
    public void Open(DateTimeOffset now)
    {
        if (!CanOpen(now))
            throw new InvalidOperationException($"Payment {OutTradeNo} is {Status}, due {PayBy:O}: it can't be opened.");
        Status = PaymentStatus.Opened;
        OpenedAt ??= now;
    }

    /// <summary>It can't be paid any more. Does nothing to one that holds money.</summary>
    public void Close(DateTimeOffset now)
    {
        if (!IsLive)
            return;
        Status = PaymentStatus.Closed;
        ClosedAt = now;
    }

    /// <summary>The gateway gave no sure answer: the longer it is overdue, the longer the next question waits, so that others get their turn.</summary>
    /// <param name="now">UTC.</param>
    public void AskLater(DateTimeOffset now)
    {
        var overdue = now - PayBy;
        AskAgainAt = now + (overdue < ShortestPause ? ShortestPause : overdue > LongestPause ? LongestPause : overdue);
    }

    /// <summary>Books the money of a trade under one of the states that hold money.</summary>
    /// <param name="trade">A paid trade whose signature was checked.</param>
    /// <param name="status">Settled, Held, Late or Second.</param>
    /// <param name="now">UTC.</param>
    public void Receive(GatewayTrade trade, PaymentStatus status, DateTimeOffset now)
    {
        if (HasMoney || status is not (PaymentStatus.Settled or PaymentStatus.Held or PaymentStatus.Late or PaymentStatus.Second) || !trade.WasPaid)
            throw new InvalidOperationException($"Payment {OutTradeNo} ({Status}) can't take trade {trade.TradeNo} as {status}.");
        Status = status;
        TradeNo = trade.TradeNo;
        AmountReceived = trade.Amount;
        AlreadyRefunded = Money.Min(trade.Refunded, trade.Amount);
        Buyer = trade.Buyer;
        PaidAt = trade.PaidAt;
        ReceivedAt = now;
    }

    /// <summary>Sends all that remains of it back; only money that can't stay: late, second, or held.</summary>
    /// <param name="now">UTC.</param>
    public Refund SendBack(DateTimeOffset now) => Start(Remaining, Status switch
    {
        PaymentStatus.Late => RefundCause.LateMoney,
        PaymentStatus.Second => RefundCause.SecondMoney,
        PaymentStatus.Held => RefundCause.HeldMoney,
        _ => throw new InvalidOperationException($"Payment {OutTradeNo} is {Status}: its money stays."),
    }, RefundNumber.New(now), now);

    /// <summary>Gives part of settled money back, or all of it.</summary>
    /// <param name="amount">In fen; at least 1, at most what remains.</param>
    /// <param name="cause">What was bought is taken back, or more came than was asked for.</param>
    /// <param name="number">Its number, never used before.</param>
    /// <param name="now">UTC.</param>
    public Refund StartRefund(Money amount, RefundCause cause, string number, DateTimeOffset now) => Status == PaymentStatus.Settled
        ? Start(amount, cause, number, now)
        : throw new InvalidOperationException($"Payment {OutTradeNo} is {Status}: nothing of it was sold.");

    /// <summary>Held money that staff let count as what was asked for; what is more than that goes back.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>The refund of the surplus, if there is one.</returns>
    public Refund? Accept(DateTimeOffset now)
    {
        if (Status != PaymentStatus.Held || Remaining < Amount)
            throw new InvalidOperationException($"Payment {OutTradeNo} is {Status} with {Remaining}: it can't count as {Amount}.");
        Status = PaymentStatus.Settled;
        var surplus = Remaining - Amount;
        return surplus.IsZero ? null : StartRefund(surplus, RefundCause.Surplus, RefundNumber.New(now), now);
    }

    /// <summary>It can't go back by itself: staff decide.</summary>
    internal void Hold() => Status = IsStray ? PaymentStatus.Held : throw new InvalidOperationException($"Payment {OutTradeNo} is {Status}: there is nothing to decide.");

    /// <summary>All of it went back.</summary>
    internal void Return() => Status = IsStray ? PaymentStatus.Returned : throw new InvalidOperationException($"Payment {OutTradeNo} is {Status}: its money stays.");

    /// <summary>A refund that was under way will not happen: what it took is free again.</summary>
    internal void GiveUp(Money amount) => Refunded -= amount;

    /// <summary>The row for a second trade of the same number.</summary>
    /// <param name="now">UTC.</param>
    public Payment Extra(DateTimeOffset now) => new()
    {
        Purpose = Purpose,
        PurposeNumber = PurposeNumber,
        Channel = Channel,
        OutTradeNo = OutTradeNo,
        Amount = Amount,
        Subject = Subject,
        Status = PaymentStatus.Opened,
        CreatedAt = now,
        OpenedAt = now,
        PayBy = PayBy,
        IsExtra = true,
    };

    private Refund Start(Money amount, RefundCause cause, string number, DateTimeOffset now)
    {
        if (amount <= Money.Zero || amount > Remaining)
            throw new InvalidOperationException($"Of payment {OutTradeNo} {Remaining} remains: {amount} can't go back.");
        Refunded += amount;
        return new Refund(this, number, amount, cause, now);
    }
}

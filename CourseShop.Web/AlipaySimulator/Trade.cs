using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>Where a trade stands.</summary>
public enum TradeStatus
{
    /// <summary>Asked for, but the customer has not opened the cashier: Alipay knows of no trade yet.</summary>
    NotYet,

    /// <summary>WAIT_BUYER_PAY.</summary>
    WaitBuyerPay,

    /// <summary>TRADE_SUCCESS.</summary>
    TradeSuccess,

    /// <summary>TRADE_FINISHED: paid, and too long ago for a refund.</summary>
    TradeFinished,

    /// <summary>TRADE_CLOSED.</summary>
    TradeClosed,
}

/// <summary>A trade. Its status follows from what happened to it and the time; nothing has to expire it.</summary>
public sealed record Trade
{
    private const int RefundYears = 1; // by contract

    /// <summary>Alipay's number, 28 digits.</summary>
    public required string TradeNo { get; init; }

    /// <summary>The shop's number. A customer who pays twice makes two trades with it.</summary>
    public required string OutTradeNo { get; init; }

    public required Money Amount { get; init; }
    public required string Subject { get; init; }
    public string Body { get; init; } = "";
    public string PassbackParams { get; init; } = "";

    /// <summary>The API that opened it: alipay.trade.page.pay or alipay.trade.wap.pay.</summary>
    public required string Method { get; init; }

    public required string Charset { get; init; }
    public string NotifyUrl { get; init; } = "";
    public string ReturnUrl { get; init; } = "";
    public string QuitUrl { get; init; } = "";

    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? ClosedByShopAt { get; init; }
    public string? BuyerId { get; init; }

    /// <summary>When somebody ended the time for refunds before its year was over.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What went back, in order.</summary>
    public IReadOnlyList<TradeRefund> Refunds { get; init; } = [];

    /// <summary>A new number in Alipay's form, beginning with Beijing's date.</summary>
    public static string NewTradeNo(DateTimeOffset now) => $"{now.ToBeijing():yyyyMMdd}22001{RandomNumberGenerator.GetString("0123456789", 15)}";

    /// <summary>When it ended unpaid, or its money went back.</summary>
    public DateTimeOffset ClosedAt => IsRefunded ? Refunds[^1].At : ClosedByShopAt ?? ExpiresAt;

    /// <summary>All that went back.</summary>
    [JsonIgnore]
    public Money Refunded => new(Refunds.Sum(refund => refund.Amount.Fen));

    private bool IsRefunded => Refunds.Count > 0 && Refunded == Amount;

    public TradeStatus StatusAt(DateTimeOffset now)
    {
        if (IsRefunded)
            return TradeStatus.TradeClosed;
        if (PaidAt is { } paidAt)
            return FinishedAt is not null || paidAt.AddYears(RefundYears) <= now ? TradeStatus.TradeFinished : TradeStatus.TradeSuccess;
        if (OpenedAt is null)
            return TradeStatus.NotYet;
        return ClosedByShopAt is not null || ExpiresAt <= now ? TradeStatus.TradeClosed : TradeStatus.WaitBuyerPay;
    }

    /// <summary>The customer opens the cashier: from now on the trade exists, unless it is too late for it.</summary>
    public Trade Open(DateTimeOffset now) => OpenedAt is null && now < ExpiresAt ? this with { OpenedAt = now } : this;

    /// <summary>Why it can't be paid, or null.</summary>
    /// <param name="now">The time of paying.</param>
    /// <param name="late">The buyer is late, and the gateway lets it pass. What the shop closed stays closed even so.</param>
    public Refusal? WhyNotPayable(DateTimeOffset now, bool late)
    {
        if (PaidAt is not null)
            return new Refusal("这笔交易已经付过款，请勿重复付款");
        if (ClosedByShopAt is not null)
            return new Refusal("这笔交易已被商家关闭，请回到商店重新下单");
        return ExpiresAt <= now && !late ? new Refusal("这笔交易已超过付款时间，请回到商店重新下单") : null;
    }

    /// <summary>Paid, by a buyer.</summary>
    public Trade Pay(Buyer buyer, DateTimeOffset now) => this with { OpenedAt = OpenedAt ?? now, PaidAt = now, BuyerId = buyer.Id };

    /// <summary>The same purchase paid once more: a trade of its own.</summary>
    public Trade PayAgain(DateTimeOffset now) => this with { TradeNo = NewTradeNo(now), OpenedAt = now, PaidAt = now, ClosedByShopAt = null, FinishedAt = null, Refunds = [], BuyerId = Buyer.Of(BuyerId).Id };
}

/// <summary>Money of a trade that went back.</summary>
/// <param name="Number">The shop's number of this refund: out_request_no, or out_trade_no where it gave none.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">As the shop gave it.</param>
/// <param name="At">When.</param>
public sealed record TradeRefund(string Number, Money Amount, string Reason, DateTimeOffset At);

/// <summary>Statuses by Alipay's names.</summary>
public static class TradeStatuses
{
    /// <summary>As trade_status; nothing for a trade that does not exist yet.</summary>
    public static string ToAlipay(this TradeStatus status) => status switch
    {
        TradeStatus.WaitBuyerPay => "WAIT_BUYER_PAY",
        TradeStatus.TradeSuccess => "TRADE_SUCCESS",
        TradeStatus.TradeFinished => "TRADE_FINISHED",
        TradeStatus.TradeClosed => "TRADE_CLOSED",
        _ => "",
    };
}

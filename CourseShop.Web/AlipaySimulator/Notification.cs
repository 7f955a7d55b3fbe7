using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>A notification to the shop: what it says, and how its delivery goes.</summary>
public sealed record Notification
{
    // after the first delivery, as Alipay does: 8 deliveries in all
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(15),
    ];

    /// <summary>34 digits, the same over all deliveries.</summary>
    public required string NotifyId { get; init; }

    public required string TradeNo { get; init; }
    public required string OutTradeNo { get; init; }
    public required string Url { get; init; }

    /// <summary>Everything it says but its own id, the time and the signature of a delivery.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it is delivered next; null when no more.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int Tries { get; init; }
    public DateTimeOffset? TriedAt { get; init; }
    public string LastAnswer { get; init; } = "";
    public bool IsAcknowledged { get; init; }

    /// <summary>The first delivery gets lost on the way.</summary>
    public bool LosesFirst { get; init; }

    /// <summary>The first delivery comes twice at the same moment.</summary>
    public bool ComesTwice { get; init; }

    public bool IsBadlySigned { get; init; }
    public bool HasOddMediaType { get; init; }

    /// <summary>The notification that a trade has a status.</summary>
    public static Notification Of(Trade trade, TradeStatus status, DateTimeOffset now) => new()
    {
        NotifyId = $"{now.ToBeijing():yyyyMMdd}00222{RandomNumberGenerator.GetString("0123456789", 21)}",
        TradeNo = trade.TradeNo,
        OutTradeNo = trade.OutTradeNo,
        Url = trade.NotifyUrl,
        Facts = FactsOf(trade, status),
        QueuedAt = now,
        DueAt = now,
    };

    /// <summary>The notification of a refund: in part the trade is still a success, in full it is closed.</summary>
    public static Notification Of(Trade trade, TradeRefund refund, DateTimeOffset now) => Of(trade, trade.StatusAt(now), now)
        .Saying("gmt_payment", trade.PaidAt!.Value.ToAlipay())
        .Saying("refund_fee", trade.Refunded.ToYuan())
        .Saying("gmt_refund", refund.At.ToAlipay() + refund.At.ToString(".fff", CultureInfo.InvariantCulture))
        .Saying("out_biz_no", refund.Number);

    /// <summary>With another value for one fact.</summary>
    public Notification Saying(string name, string value) => this with { Facts = new Dictionary<string, string>(Facts, StringComparer.Ordinal) { [name] = value } };

    /// <summary>Put off.</summary>
    public Notification Later(TimeSpan delay) => this with { DueAt = DueAt + delay };

    /// <summary>Taken for delivery: counted before it is sent, so that two processes never deliver the same one; due again by Alipay's schedule.</summary>
    public Notification Taken(DateTimeOffset now, double speed) => this with
    {
        Tries = Tries + 1,
        TriedAt = now,
        DueAt = Tries < Waits.Length ? now + (Waits[Tries] / speed) : null,
    };

    /// <summary>What the shop answered.</summary>
    public Notification Answered(string answer, bool isAcknowledged) => this with
    {
        LastAnswer = answer,
        IsAcknowledged = isAcknowledged,
        DueAt = isAcknowledged ? null : DueAt,
    };

    /// <summary>The form of one delivery.</summary>
    public string Form(SimulatorKeys keys, DateTimeOffset now)
    {
        var encoding = FormText.EncodingOf(Facts["charset"]) ?? Encoding.UTF8;
        var fields = new Dictionary<string, string>(Facts, StringComparer.Ordinal) { ["notify_id"] = NotifyId, ["notify_time"] = now.ToAlipay() };
        var text = FormText.ToSign(fields, "sign", "sign_type");
        fields["sign"] = keys.Sign(IsBadlySigned ? text + " " : text, encoding);
        return FormText.Write(fields, encoding);
    }

    private static Dictionary<string, string> FactsOf(Trade trade, TradeStatus status)
    {
        var amount = trade.Amount.ToYuan();
        var buyer = Buyer.Of(trade.BuyerId);
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["gmt_create"] = (trade.OpenedAt ?? trade.AskedAt).ToAlipay(),
            ["charset"] = trade.Charset,
            ["subject"] = trade.Subject,
            ["buyer_id"] = buyer.Id,
            ["buyer_logon_id"] = buyer.LogonId,
            ["version"] = "1.0",
            ["notify_type"] = "trade_status_sync",
            ["out_trade_no"] = trade.OutTradeNo,
            ["total_amount"] = amount,
            ["trade_status"] = status.ToAlipay(),
            ["trade_no"] = trade.TradeNo,
            ["auth_app_id"] = SimulatorKeys.AppId,
            ["app_id"] = SimulatorKeys.AppId,
            ["seller_id"] = SimulatorKeys.SellerId,
            ["seller_email"] = "seller@example.com",
            ["sign_type"] = "RSA2",
        };
        if (trade.Body.Length > 0)
            facts["body"] = trade.Body;
        if (trade.PassbackParams.Length > 0)
            facts["passback_params"] = trade.PassbackParams;
        if (status == TradeStatus.TradeClosed)
            facts["gmt_close"] = trade.ClosedAt.ToAlipay();
        if (status == TradeStatus.TradeSuccess)
        {
            facts["gmt_payment"] = trade.PaidAt!.Value.ToAlipay();
            facts["receipt_amount"] = facts["invoice_amount"] = facts["buyer_pay_amount"] = amount;
            facts["point_amount"] = "0.00";
            facts["fund_bill_list"] = $$"""[{"amount":"{{amount}}","fundChannel":"ALIPAYACCOUNT"}]""";
        }
        return facts;
    }
}

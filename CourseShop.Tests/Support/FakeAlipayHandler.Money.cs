using System.Collections.Concurrent;
using System.Net;
using CourseShop.Common;

namespace CourseShop.Tests.Support;

/// <summary>A transfer as the fake gateway keeps it.</summary>
public sealed record FakeTransfer(string Payee, Money Amount, string Status = "SUCCESS", string? ErrorCode = null);

/// <summary>What the fake gateway does besides trades and refunds: it cancels, transfers, tells its balance, and keeps bills.</summary>
public sealed partial class FakeAlipayHandler
{
    /// <summary>What was transferred, by out_biz_no.</summary>
    public ConcurrentDictionary<string, FakeTransfer> Transfers { get; } = new(StringComparer.Ordinal);

    /// <summary>What is left to transfer.</summary>
    public Money Balance { get; set; } = Money.Yuan(1_000);

    /// <summary>The zip of a day's bill, by yyyy-MM-dd.</summary>
    public ConcurrentDictionary<string, byte[]> Bills { get; } = new(StringComparer.Ordinal);

    /// <summary>Where bills are fetched; the day stands behind it.</summary>
    public string BillAddress { get; set; } = "http://dwbillcenter.alipay.com/downloadBillFile.resource?bizDates=";

    /// <summary>Every address that a bill was fetched from.</summary>
    public ConcurrentQueue<Uri> Downloads { get; } = new();

    private static string NumberIn(Dictionary<string, string> content) => content.GetValueOrDefault("out_trade_no") ?? content.GetValueOrDefault("out_biz_no") ?? content.GetValueOrDefault("bill_date") ?? "";

    private HttpResponseMessage Download(Uri url)
    {
        Downloads.Enqueue(url);
        if (Mood == AlipayMood.Redirecting)
            return new(HttpStatusCode.Redirect) { Headers = { Location = new("https://elsewhere.test/") } };
        return Bills.TryGetValue(url.Query.Split('=')[^1], out var zip) ? new(HttpStatusCode.OK) { Content = new ByteArrayContent(zip) } : new(HttpStatusCode.NotFound);
    }

    private Dictionary<string, string>? MoneyNode(string method, Dictionary<string, string> content) => method switch
    {
        "alipay.fund.trans.uni.transfer" => Transfer(content),
        "alipay.fund.trans.common.query" => Transfers.TryGetValue(content["out_biz_no"], out var known) ? Told(content["out_biz_no"], known) : Error("40004", "ORDER_NOT_EXIST"),
        "alipay.data.bill.balance.query" => new(Error("10000", ""), StringComparer.Ordinal) { ["total_amount"] = Balance.ToYuan(), ["available_amount"] = Balance.ToYuan(), ["freeze_amount"] = "0.00" },
        "alipay.data.dataservice.bill.downloadurl.query" => Bills.ContainsKey(content["bill_date"])
            ? new(Error("10000", ""), StringComparer.Ordinal) { ["bill_download_url"] = BillAddress + content["bill_date"] }
            : Error("40004", "BILL_NOT_EXIST"),
        _ => null,
    };

    private Dictionary<string, string> Transfer(Dictionary<string, string> content)
    {
        Assert.True(Money.TryParseYuan(content["trans_amount"], out var amount));
        lock (Transfers)
        {
            var wanted = new FakeTransfer(content["payee_info"], amount);
            if (Transfers.TryGetValue(content["out_biz_no"], out var known))
                return (known.Payee, known.Amount) == (wanted.Payee, wanted.Amount) ? Told(content["out_biz_no"], known) : Error("40004", "PAYMENT_INFO_INCONSISTENCY");
            if (amount > Balance)
                return Error("40004", "BALANCE_IS_NOT_ENOUGH");
            Balance -= amount;
            return Told(content["out_biz_no"], Transfers[content["out_biz_no"]] = wanted);
        }
    }

    private static Dictionary<string, string> Told(string number, FakeTransfer transfer)
    {
        var node = new Dictionary<string, string>(Error("10000", ""), StringComparer.Ordinal)
        {
            ["out_biz_no"] = number,
            ["order_id"] = $"20260301{number}",
            ["status"] = transfer.Status,
            ["trans_date"] = "2026-03-01 09:06:02",
        };
        if (transfer.ErrorCode is { } code)
            node["error_code"] = code;
        return node;
    }

    private Dictionary<string, string> Cancel(string key, Dictionary<string, string> content)
    {
        lock (Trades)
        {
            var trade = Trades[key];
            var isPaid = trade.Status == "TRADE_SUCCESS";
            if (trade.Status == "TRADE_FINISHED")
                return Error("40004", "ACQ.TRADE_HAS_FINISHED");
            Trades[key] = trade with { Status = "TRADE_CLOSED", Refunds = isPaid ? trade.Refunds.SetItem("cancel", trade.Amount - trade.Refunded) : trade.Refunds };
            return new(Error("10000", ""), StringComparer.Ordinal)
            {
                ["out_trade_no"] = content["out_trade_no"],
                ["trade_no"] = trade.TradeNo,
                ["retry_flag"] = "N",
                ["action"] = isPaid ? "refund" : "close",
            };
        }
    }
}

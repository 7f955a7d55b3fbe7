using System.Globalization;
using System.Text.Json;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>What a payment page is asked for: biz_content of alipay.trade.page.pay and alipay.trade.wap.pay.</summary>
public sealed class PayPageContent(JsonElement business, bool isPhone, DateTimeOffset now)
{
    private static readonly Money Most = Money.Yuan(100_000_000);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(15);

    // a minute by the book; a browser needs a moment to get here
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(55);

    private readonly bool isAmount = Money.TryParseYuan(business.Text("total_amount"), out _);

    public string OutTradeNo => business.Text("out_trade_no");
    public Money Amount => Money.TryParseYuan(business.Text("total_amount"), out var amount) ? amount : Money.Zero;
    public string Subject => business.Text("subject");
    public string Body => business.Text("body");
    public string PassbackParams => business.Text("passback_params");
    public string QuitUrl => business.Text("quit_url");

    /// <summary>The end of the trade; null when what was asked for is no time.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get
        {
            if (business.Text("time_expire") is { Length: > 0 } end)
                return ChinaTime.TryParseAlipay(end, out var at) ? at : null;
            return business.Text("timeout_express") is { Length: > 0 } wait ? AfterWaiting(wait) : now + LongestWait;
        }
    }

    /// <summary>The first thing that Alipay would refuse; null when nothing is.</summary>
    public GatewayFault? Fault()
    {
        if (OutTradeNo.Length is 0 or > 64 || !OutTradeNo.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            return GatewayFault.Field("out_trade_no");
        if (!isAmount || Amount.IsZero)
            return GatewayFault.Field("total_amount");
        if (Amount > Most)
            return GatewayFault.Business("TOTAL_FEE_EXCEED", "订单总金额超过限额");
        if (string.IsNullOrWhiteSpace(Subject) || Subject.Length > 256 || Subject.AsSpan().ContainsAny("/=&"))
            return GatewayFault.Field("subject");
        if (business.Text("product_code") is not { Length: > 0 } product)
            return GatewayFault.Field("product_code");
        if (product != (isPhone ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY"))
            return GatewayFault.Business("ACCESS_FORBIDDEN", "没有权限使用该产品");
        if (Body.Length > 128)
            return GatewayFault.Field("body");
        if (PassbackParams.Length > 512)
            return GatewayFault.Field("passback_params");
        return QuitUrl.Length > 0 && !GatewayRequest.IsWebAddress(QuitUrl) ? GatewayFault.Field("quit_url") : TimeFault();
    }

    /// <summary>What is wrong with the time for a trade that begins now.</summary>
    public GatewayFault? WaitFault()
    {
        var wait = ExpiresAt - now;
        return wait < ShortestWait || wait > LongestWait ? GatewayFault.Field("time_expire") : null;
    }

    private GatewayFault? TimeFault()
    {
        if (ExpiresAt is not { } end)
            return GatewayFault.Field(business.Text("time_expire").Length > 0 ? "time_expire" : "timeout_express");
        return end <= now ? GatewayFault.Business("NOW_TIME_AFTER_EXPIRE_TIME_ERROR", "当前时间已超过允许支付的时间") : null;
    }

    private DateTimeOffset? AfterWaiting(string wait)
    {
        if (wait == "1c") // until Beijing's midnight
            return new DateTimeOffset(now.ToBeijing().Date.AddDays(1), TimeSpan.FromHours(8)).ToUniversalTime();
        if (!int.TryParse(wait[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var units) || units is 0 or > 21_600)
            return null;
        return wait[^1] switch
        {
            'm' => now.AddMinutes(units),
            'h' => now.AddHours(units),
            'd' => now.AddDays(units),
            _ => null,
        };
    }
}

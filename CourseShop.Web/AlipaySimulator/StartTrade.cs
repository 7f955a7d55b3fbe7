namespace CourseShop.AlipaySimulator;

/// <summary>alipay.trade.page.pay and alipay.trade.wap.pay: begins a trade, or goes on with the one that this number already has.</summary>
public sealed class StartTrade(SimulatorStore store, TimeProvider clock)
{
    public const string OnComputer = "alipay.trade.page.pay";
    public const string OnPhone = "alipay.trade.wap.pay";

    public GatewayReply Run(GatewayRequest request)
    {
        var now = clock.GetUtcNow();
        var content = new PayPageContent(request.Business, request.Method == OnPhone, now);
        if (content.Fault() is { } fault)
            return new GatewayReply.RefusalPage(fault);

        return store.Atomically<GatewayReply>(() =>
        {
            var known = store.FindTrade("", content.OutTradeNo);
            if (Conflict(known, content, now) is { } conflict)
                return new GatewayReply.RefusalPage(conflict);

            var trade = known?.OpenedAt is null ? Asked(request, content, known?.TradeNo ?? Trade.NewTradeNo(now), now) : Continued(request, content, known);
            store.Save(trade);
            return new GatewayReply.ToCashier(trade.TradeNo);
        });
    }

    private static GatewayFault? Conflict(Trade? known, PayPageContent content, DateTimeOffset now) => known?.StatusAt(now) switch
    {
        null or TradeStatus.NotYet => content.WaitFault(),
        TradeStatus.TradeSuccess or TradeStatus.TradeFinished => GatewayFault.Business("TRADE_HAS_SUCCESS", "交易已被支付"),
        TradeStatus.TradeClosed => GatewayFault.Business("TRADE_HAS_CLOSE", "交易已经关闭"),
        _ when known.Amount != content.Amount || known.Subject != content.Subject => GatewayFault.Business("CONTEXT_INCONSISTENT", "交易信息被篡改"),
        _ => null,
    };

    private static Trade Asked(GatewayRequest request, PayPageContent content, string tradeNo, DateTimeOffset now) => new()
    {
        TradeNo = tradeNo,
        OutTradeNo = content.OutTradeNo,
        Amount = content.Amount,
        Subject = content.Subject,
        Body = content.Body,
        PassbackParams = content.PassbackParams,
        Method = request.Method,
        Charset = request.Charset,
        NotifyUrl = request["notify_url"],
        ReturnUrl = request["return_url"],
        QuitUrl = content.QuitUrl,
        AskedAt = now,
        ExpiresAt = content.ExpiresAt!.Value,
    };

    // the time to pay counts from the first request
    private static Trade Continued(GatewayRequest request, PayPageContent content, Trade known)
        => known with { ReturnUrl = request["return_url"], QuitUrl = content.QuitUrl, Method = request.Method };
}

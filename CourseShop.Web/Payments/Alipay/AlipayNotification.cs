namespace CourseShop.Payments.Alipay;

/// <summary>异步通知: what Alipay's server posts to the shop. Exists only with a checked signature; whether it concerns this shop is asked next.</summary>
public sealed class AlipayNotification
{
    private const int LongestId = 128;

    private AlipayNotification(AlipayForm form)
    {
        Fields = form.Fields;
        NotifyId = form["notify_id"] ?? "";
        AppId = form["app_id"] ?? "";
        SellerId = form["seller_id"] ?? "";
        OutTradeNo = form["out_trade_no"];
        TradeStatus = form["trade_status"];
        (Trade, Problem) = AlipayTrade.Read(name => form[name]);
    }

    /// <summary>The same for every delivery of one notification, another one for another event (Alipay: notify_id).</summary>
    public string NotifyId { get; }

    /// <summary>Whose app; empty where it was not told (Alipay: app_id).</summary>
    public string AppId { get; }

    /// <summary>The payee; empty where it was not told (Alipay: seller_id).</summary>
    public string SellerId { get; }

    /// <summary>Our number as it was told, also where <see cref="Trade"/> is null (Alipay: out_trade_no).</summary>
    public string? OutTradeNo { get; }

    /// <summary>Alipay's own word for the status, also where it is none that we know (Alipay: trade_status).</summary>
    public string? TradeStatus { get; }

    /// <summary>What happened to the trade; null where the fields make no sense, and then nothing may change.</summary>
    public GatewayTrade? Trade { get; }

    /// <summary>Why <see cref="Trade"/> is null; a remark for staff.</summary>
    public string? Problem { get; }

    /// <summary>All fields as they came, decoded, for the record.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>It is about this app, and the money went to this payee.</summary>
    public bool IsFor(AlipayOptions options) => AppId == options.AppId && SellerId == options.SellerId;

    /// <summary>
    /// Verifies a raw body. Refuses what can't be decoded, what Alipay did not sign with the configured algorithm (sign_type must name it),
    /// and genuine messages without notify_id: those are no notifications.
    /// </summary>
    public static AlipayReading<AlipayNotification> Read(ReadOnlySpan<byte> body, AlipayKeyRing keys)
    {
        if (AlipayForm.Read(body) is not { } form)
            return new(null, AlipayRejection.Undecodable);
        var rejection = AlipayMessage.Check(form, keys, mustNameSignType: true);
        if (rejection == AlipayRejection.None && form["notify_id"] is not { Length: <= LongestId })
            rejection = AlipayRejection.Incomplete;
        return rejection == AlipayRejection.None ? new(new(form), rejection) : new(null, rejection);
    }
}

namespace CourseShop.Payments.Alipay;

/// <summary>The rules that notifications and returns share: who signed this form?</summary>
internal static class AlipayMessage
{
    // all fields that decide something; a new one belongs here as soon as it is read
    private static readonly string[] Read =
    [
        "app_id", "seller_id", "notify_id", "out_trade_no", "trade_no", "trade_status", "total_amount", "refund_fee", "gmt_payment", "buyer_logon_id",
    ];

    /// <summary>None when Alipay signed the form with the configured algorithm.</summary>
    internal static AlipayRejection Check(AlipayForm form, AlipayKeyRing keys, bool mustNameSignType)
    {
        if (form["sign"] is not { } sign)
            return AlipayRejection.NoSignature;
        if (form["sign_type"] is { } type ? type != keys.SignType.OnTheWire() : mustNameSignType)
            return AlipayRejection.WrongSignType;
        if (!IsGenuine(form, sign, keys))
            return AlipayRejection.WrongSignature;
        return form.Fields.Values.Any(HidesField) ? AlipayRejection.Ambiguous : AlipayRejection.None;
    }

    // sources disagree whether empty values are signed; accepting both is safe, since either needs Alipay's key
    private static bool IsGenuine(AlipayForm form, string sign, AlipayKeyRing keys) =>
        keys.IsGenuine(form.SignedBytes(keepEmpty: false), sign) || (form.HasEmptyValue && keys.IsGenuine(form.SignedBytes(keepEmpty: true), sign));

    private static bool HidesField(string value) =>
        value.Contains('&', StringComparison.Ordinal) && Array.Exists(Read, name => value.Contains($"&{name}=", StringComparison.Ordinal));
}

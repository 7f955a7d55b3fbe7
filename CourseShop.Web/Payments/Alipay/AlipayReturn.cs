using System.Text;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// 同步跳转: with what the buyer's browser comes back. It tells which attempt to ask about and is never proof of a payment:
/// it can be lost, opened twice, or opened a year later.
/// </summary>
/// <param name="OutTradeNo">Our number (Alipay: out_trade_no).</param>
/// <param name="TradeNo">Alipay's number (Alipay: trade_no).</param>
/// <param name="Amount">In fen (Alipay: total_amount).</param>
/// <param name="AppId">Whose app (Alipay: app_id).</param>
/// <param name="SellerId">The payee (Alipay: seller_id).</param>
public sealed record AlipayReturn(string OutTradeNo, string TradeNo, Money Amount, string AppId, string SellerId)
{
    /// <summary>It is about this app and this payee.</summary>
    public bool IsFor(AlipayOptions options) => AppId == options.AppId && SellerId == options.SellerId;

    /// <summary>Verifies a raw query string, with or without its question mark. A missing sign_type means the configured one; another one is refused.</summary>
    public static AlipayReading<AlipayReturn> Read(string query, AlipayKeyRing keys)
    {
        if (AlipayForm.Read(Encoding.UTF8.GetBytes(query.StartsWith('?') ? query[1..] : query)) is not { } form)
            return new(null, AlipayRejection.Undecodable);
        var rejection = AlipayMessage.Check(form, keys, mustNameSignType: false);
        if (rejection != AlipayRejection.None)
            return new(null, rejection);
        if (form["out_trade_no"] is not { } outTradeNo || form["trade_no"] is not { } tradeNo || !Money.TryParseYuan(form["total_amount"], out var amount))
            return new(null, AlipayRejection.Incomplete);
        return new(new(outTradeNo, tradeNo, amount, form["app_id"] ?? "", form["seller_id"] ?? ""), AlipayRejection.None);
    }
}

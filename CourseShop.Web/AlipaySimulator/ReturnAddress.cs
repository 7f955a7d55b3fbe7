using System.Text;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>Where the buyer's browser goes after paying: the shop's return_url with signed parameters.</summary>
public static class ReturnAddress
{
    /// <summary>The whole address; null when the shop gave none.</summary>
    public static string? Of(Trade trade, SimulatorKeys keys, DateTimeOffset now)
    {
        if (trade.ReturnUrl.Length == 0)
            return null;

        var encoding = FormText.EncodingOf(trade.Charset) ?? Encoding.UTF8;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["charset"] = trade.Charset,
            ["out_trade_no"] = trade.OutTradeNo,
            ["method"] = trade.Method + ".return",
            ["total_amount"] = trade.Amount.ToYuan(),
            ["trade_no"] = trade.TradeNo,
            ["auth_app_id"] = SimulatorKeys.AppId,
            ["version"] = "1.0",
            ["app_id"] = SimulatorKeys.AppId,
            ["sign_type"] = "RSA2",
            ["seller_id"] = SimulatorKeys.SellerId,
            ["timestamp"] = now.ToAlipay(),
        };
        fields["sign"] = keys.Sign(FormText.ToSign(fields, "sign", "sign_type"), encoding);
        return $"{trade.ReturnUrl}{(trade.ReturnUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{FormText.Write(fields, encoding)}";
    }
}

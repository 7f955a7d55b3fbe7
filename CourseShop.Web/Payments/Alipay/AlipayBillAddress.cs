using System.Globalization;

namespace CourseShop.Payments.Alipay;

/// <summary>Where Alipay keeps the bill of a day; the address dies after 30 s.</summary>
public static class AlipayBillAddress
{
    private static readonly string[] AlipaysDomains = [".alipay.com", ".alipaydev.com"];

    /// <summary>Asks for the address of the bill of trades.</summary>
    /// <param name="day">Beijing's calendar day.</param>
    public static AlipayCall<string> Of(DateOnly day) => new(
        "alipay.data.dataservice.bill.downloadurl.query",
        new() { ["bill_type"] = "trade", ["bill_date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        answer => answer["bill_download_url"] is { } address ? new(GatewayVerdict.Yes, address) : new(GatewayVerdict.Unknown, Code: "answer holds no address"))
    {
        RefusalOf = code => code.Contains("BILL_NOT_EXIST", StringComparison.Ordinal) ? GatewayRefusal.NoBill : null,
    };

    /// <summary>One of Alipay's two ways of telling about a day without any movement; the other one is a bill without rows.</summary>
    public static bool SaysThatNothingMoved(GatewayAnswer<string> answer) => answer is { Verdict: GatewayVerdict.No, Code: { } code } && code.Contains("NO_BILL_DATA", StringComparison.Ordinal);

    /// <summary>
    /// The address as it may be fetched: a host of Alipay's by https (Alipay's documentation shows it with http, where the same host answers), or the shop itself where
    /// its gateway is the simulator. Null for everybody else's: the shop's server fetches nothing from hosts that others name.
    /// </summary>
    /// <param name="address">As the answer told it.</param>
    /// <param name="own">Where the shop reaches itself, such as <c>http://127.0.0.1:5080</c>; null where the gateway is the real one.</param>
    public static Uri? Trusted(string address, string? own)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
            return null;
        if (own is not null)
            return url.GetLeftPart(UriPartial.Authority) == own ? url : null;

        var isAlipays = url.Scheme is "https" or "http" && url.IsDefaultPort && Array.Exists(AlipaysDomains, domain => url.Host.EndsWith(domain, StringComparison.Ordinal));
        return isAlipays ? new UriBuilder(url) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri : null;
    }
}

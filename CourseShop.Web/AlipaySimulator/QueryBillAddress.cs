using System.Globalization;
using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>alipay.data.dataservice.bill.downloadurl.query: where the bill of a day is fetched. It is ready at nine (Beijing) of the next day.</summary>
public sealed class QueryBillAddress(SimulatorStore store, SimulatorKeys keys, ShopAddress address, TimeProvider clock) : IServerCall
{
    private const int YearsKept = 6;
    private static readonly TimeSpan ReadyAfter = TimeSpan.FromHours(24 + 9); // after the day has begun
    private static readonly GatewayFault NotExist = GatewayFault.Plain("BILL_NOT_EXIST", "账单不存在");

    /// <inheritdoc />
    public string Method => "alipay.data.dataservice.bill.downloadurl.query";

    /// <inheritdoc />
    public JsonObject Run(GatewayRequest request)
    {
        var now = clock.GetUtcNow();
        var isDay = DateOnly.TryParseExact(request.Business.Text("bill_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        if (!isDay || request.Business.Text("bill_type") is not ("trade" or "signcustomer") || day > now.BeijingDay())
            return GatewayFault.Plain("INVAILID_ARGUMENTS", "入参不合法").ToNode(); // as Alipay spells it
        if (request.Business.Text("bill_type") != "trade" || day.AddYears(YearsKept) < now.BeijingDay() || store.Obeys(Switch.BillMissing))
            return NotExist.ToNode();
        if (!IsReady(day, now) && !store.Obeys(Switch.BillEarly))
            return NotExist.ToNode();
        if (BillRow.Of(store.PaidTrades(), day).Count == 0 && store.Obeys(Switch.BillEmptyIsAnError))
            return GatewayFault.Plain("NO_BILL_DATA", "当前没有账单数据").ToNode();
        return new() { ["code"] = "10000", ["msg"] = "Success", ["bill_download_url"] = address.Own() + BillLink.To(day, now, keys) };
    }

    private static bool IsReady(DateOnly day, DateTimeOffset now) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8)) + ReadyAfter <= now;
}

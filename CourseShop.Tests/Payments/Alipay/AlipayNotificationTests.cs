using System.Text;
using System.Text.Json;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayNotificationTests
{
    private const string Cases = "notify_verify.json";
    private const string BusinessCases = "notify_business.json";

    public static TheoryData<string> Ids => Vectors.Ids(Cases);

    public static TheoryData<string> BusinessIds => Vectors.Ids(BusinessCases);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Only_what_Alipay_signed_is_believed(string id)
    {
        var one = Vectors.Case(Cases, id);
        var type = one.Text("configured_sign_type") == "RSA" ? AlipaySignType.Rsa : AlipaySignType.Rsa2;
        using var keys = new AlipayKeyRing(Vectors.PrivateKey("app"), [Vectors.PublicKey(one.Text("key"))], type);

        var (message, rejection) = AlipayNotification.Read(one.Bytes("body_b64"), keys);

        Assert.Equal(message is null, rejection != AlipayRejection.None);
        if ((one.Text("recommended") is { Length: > 0 } recommended ? recommended : one.Text("expect")) is var expect and not "either")
            Assert.Equal(expect == "valid", message is not null);
        if (message is not null && one.TryGetProperty("params", out var expected))
            Assert.Equal(expected.Deserialize<Dictionary<string, string>>(), message.Fields.Where(field => field.Key != "sign").ToDictionary(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ok-full-refund-closed", GatewayTradeStatus.Closed, true)]
    [InlineData("ok-finished", GatewayTradeStatus.Finished, true)]
    [InlineData("ok-partial-refund-success", GatewayTradeStatus.Paid, true)]
    public void The_trade_tells_what_happened(string id, GatewayTradeStatus status, bool wasPaid)
    {
        var trade = AlipayNotification.Read(Vectors.Case(Cases, id).Bytes("body_b64"), FakeAlipay.Keys).Message!.Trade!;

        Assert.Equal(status, trade.Status);
        Assert.Equal(wasPaid, trade.WasPaid);
        Assert.Equal(Money.Yuan(99), trade.Amount);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 1, 6, 2, TimeSpan.Zero), trade.PaidAt);
        Assert.Equal("159****5620", trade.Buyer);
    }

    [Theory]
    [MemberData(nameof(BusinessIds))]
    public void The_facts_suffice_to_decide(string id)
    {
        var one = Vectors.Case(BusinessCases, id);
        var order = one.GetProperty("order");

        var notification = AlipayNotification.Read(one.Bytes("body_b64"), FakeAlipay.Keys).Message;

        Assert.NotNull(notification);
        Assert.Equal(one.Text("expect_action"), ActionFor(notification, order));
        Assert.Equal(notification.Trade is null, notification.Problem is not null);
    }

    [Theory]
    [InlineData("missing-sign", AlipayRejection.NoSignature)]
    [InlineData("empty-sign", AlipayRejection.NoSignature)]
    [InlineData("sign-type-MD5", AlipayRejection.WrongSignType)]
    [InlineData("downgrade-sha1-right-key", AlipayRejection.WrongSignType)]
    [InlineData("sign-type-empty", AlipayRejection.WrongSignType)]
    [InlineData("tampered-amount", AlipayRejection.WrongSignature)]
    [InlineData("bad-percent", AlipayRejection.Undecodable)]
    [InlineData("dup-identical", AlipayRejection.Undecodable)]
    public void A_rejection_has_a_name(string id, AlipayRejection rejection) =>
        Assert.Equal(rejection, AlipayNotification.Read(Vectors.Case(Cases, id).Bytes("body_b64"), FakeAlipay.Keys).Rejection);

    [Fact]
    public void A_notification_without_sign_type_is_refused()
    {
        var body = FakeAlipay.Notification("T1", "2026", Money.Yuan(1)).Replace("&sign_type=RSA2", "", StringComparison.Ordinal);

        Assert.Equal(AlipayRejection.WrongSignType, Read(body).Rejection);
    }

    [Fact]
    public void Any_flipped_bit_is_refused_or_changes_nothing()
    {
        var genuine = Encoding.ASCII.GetBytes(FakeAlipay.Notification("CS1", "2026030122001400001000000001", Money.Yuan(99)));
        var fields = AlipayForm.Read(genuine)!.Fields;
        for (var bit = 0; bit < genuine.Length * 8; bit++)
        {
            var flipped = genuine.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            var message = AlipayNotification.Read(flipped, FakeAlipay.Keys).Message;

            if (message is not null)     // such as %2f instead of %2F
                Assert.Equal(fields, message.Fields);
        }
    }

    [Fact]
    public void A_return_posted_as_a_notification_is_none()
    {
        var query = FakeAlipay.Return("CS1", "2026", Money.Yuan(99));

        Assert.Equal(AlipayRejection.Incomplete, Read(query[1..]).Rejection);
    }

    [Fact]
    public void A_border_between_fields_cannot_be_moved()
    {
        var refund = FakeAlipay.Notification("CS1", "2026", Money.Yuan(99), "TRADE_CLOSED", refunded: Money.Yuan(99), notifyId: "n1");
        var fields = AlipayForm.Read(Encoding.ASCII.GetBytes(refund))!.Fields.ToDictionary(StringComparer.Ordinal);
        fields["out_trade_no"] += "&refund_fee=99.00";
        fields.Remove("refund_fee");
        var moved = string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));

        Assert.Equal(AlipayRejection.Ambiguous, Read(moved).Rejection);
    }

    [Theory]
    [InlineData("WAIT_BUYER_PAY", GatewayTradeStatus.WaitingForBuyer, false)]
    [InlineData("TRADE_SUCCESS", GatewayTradeStatus.Paid, true)]
    [InlineData("TRADE_FINISHED", GatewayTradeStatus.Finished, true)]
    [InlineData("TRADE_CLOSED", GatewayTradeStatus.Closed, false)]
    public void Only_money_that_came_counts_as_paid(string word, GatewayTradeStatus status, bool wasPaid)
    {
        var trade = Read(FakeAlipay.Notification("CS1", "2026", new Money(9950), word)).Message!.Trade!;

        Assert.Equal(("CS1", "2026", status, new Money(9950), wasPaid), (trade.OutTradeNo, trade.TradeNo, trade.Status, trade.Amount, trade.WasPaid));
    }

    [Theory]
    [InlineData("trade_status", "Trade_Success")]
    [InlineData("trade_status", "")]
    [InlineData("total_amount", "99.001")]
    [InlineData("total_amount", "-1.00")]
    [InlineData("total_amount", "1e2")]
    [InlineData("refund_fee", "99.01")]
    [InlineData("refund_fee", "some")]
    [InlineData("gmt_payment", "yesterday")]
    [InlineData("trade_no", "")]
    [InlineData("out_trade_no", "12345678901234567890123456789012345678901234567890123456789012345")]
    public void Genuine_nonsense_is_kept_but_tells_of_no_trade(string name, string value)
    {
        var fields = AlipayForm.Read(Encoding.ASCII.GetBytes(FakeAlipay.Notification("CS1", "2026", Money.Yuan(99))))!.Fields.ToDictionary(StringComparer.Ordinal);
        fields.Remove("sign");
        fields.Remove("sign_type");
        fields[name] = value;

        var message = Read(FakeAlipay.Form(fields)).Message!;

        Assert.Null(message.Trade);
        Assert.NotNull(message.Problem);
        Assert.Equal(value, message.Fields[name]);
    }

    [Fact]
    public void App_and_payee_are_told_apart()
    {
        Assert.True(Read(FakeAlipay.Notification("CS1", "2026", Money.Yuan(1))).Message!.IsFor(FakeAlipay.Options));
        Assert.False(Read(FakeAlipay.Notification("CS1", "2026", Money.Yuan(1), appId: "2021000000009999")).Message!.IsFor(FakeAlipay.Options));
        Assert.False(Read(FakeAlipay.Notification("CS1", "2026", Money.Yuan(1), sellerId: "2088000000000000")).Message!.IsFor(FakeAlipay.Options));
    }

    private static AlipayReading<AlipayNotification> Read(string body) => AlipayNotification.Read(Encoding.ASCII.GetBytes(body), FakeAlipay.Keys);

    // what a settlement would do that knows nothing but these facts and the order
    private static string ActionFor(AlipayNotification notification, JsonElement order)
    {
        var options = new AlipayOptions { AppId = order.Text("app_id"), SellerId = order.Text("seller_id") };
        Assert.True(Money.TryParseYuan(order.Text("total_amount"), out var total));
        if (notification.Trade is not { } trade || !notification.IsFor(options) || trade.OutTradeNo != order.Text("out_trade_no") || trade.Amount != total)
            return "reject";
        return (order.Text("state"), trade.WasPaid, trade.Refunded.IsZero) switch
        {
            ("pending", true, true) => "fulfil",
            ("pending", true, false) => "paid_then_refund",
            ("pending", false, _) => trade.Status == GatewayTradeStatus.Closed ? "close_order" : "ack_no_change",
            ("closed", true, _) => "paid_late",
            ("paid", _, false) => "record_refund",
            _ => "ack_no_change",
        };
    }
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 1, 5, 7, TimeSpan.Zero);

    private static readonly PaymentRequest Payment = new(
        "CS202603010001_2", new Money(8880), "C# 从入门到精通 🎓", Now.AddMinutes(15), IsPhone: false,
        "https://shop.example.com/payments/alipay/return", "https://shop.example.com/payments/alipay/notify", "https://shop.example.com/orders/CS202603010001");

    [Fact]
    public void A_payment_page_asks_for_the_right_thing()
    {
        var request = AlipayRequest.PayPage(Payment, FakeAlipay.Options, FakeAlipay.Keys, Now);

        var fields = Received(request.Url);
        Assert.StartsWith(FakeAlipay.GatewayUrl + "?", request.Url, StringComparison.Ordinal);
        Assert.Equal("alipay.trade.page.pay", fields["method"]);
        Assert.Equal((FakeAlipay.AppId, "JSON", "utf-8", "RSA2", "1.0"), (fields["app_id"], fields["format"], fields["charset"], fields["sign_type"], fields["version"]));
        Assert.Equal("2026-03-01 09:05:07", fields["timestamp"]);
        Assert.Equal((Payment.ReturnUrl, Payment.NotifyUrl), (fields["return_url"], fields["notify_url"]));
        Assert.Equal(
            """{"out_trade_no":"CS202603010001_2","total_amount":"88.80","subject":"C# 从入门到精通 🎓","product_code":"FAST_INSTANT_TRADE_PAY","goods_type":"0","time_expire":"2026-03-01 09:20:07"}""",
            WithEmoji(fields["biz_content"]));
    }

    [Fact]
    public void A_phone_gets_its_own_page_with_a_way_back()
    {
        var fields = Received(AlipayRequest.PayPage(Payment with { IsPhone = true }, FakeAlipay.Options, FakeAlipay.Keys, Now).Url);

        var content = JsonSerializer.Deserialize<Dictionary<string, string>>(fields["biz_content"])!;
        Assert.Equal("alipay.trade.wap.pay", fields["method"]);
        Assert.Equal(("QUICK_WAP_WAY", Payment.QuitUrl), (content["product_code"], content["quit_url"]));
    }

    [Fact]
    public void The_simulators_address_stays_relative()
    {
        var options = new AlipayOptions { GatewayUrl = "/alipay-simulator/gateway.do", AppId = FakeAlipay.AppId };

        var request = AlipayRequest.PayPage(Payment, options, FakeAlipay.Keys, Now);

        Assert.StartsWith("/alipay-simulator/gateway.do?app_id=", request.Url, StringComparison.Ordinal);
        Assert.Equal("/alipay-simulator/gateway.do?charset=utf-8", request.PostUrl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CS-1")]
    [InlineData("CS 1")]
    [InlineData("订单")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_number_that_Alipay_would_refuse_is_a_bug(string outTradeNo) =>
        Assert.Throws<ArgumentException>(() => AlipayRequest.PayPage(Payment with { OutTradeNo = outTradeNo }, FakeAlipay.Options, FakeAlipay.Keys, Now));

    [Fact]
    public void Nothing_cannot_be_asked_for() =>
        Assert.Throws<ArgumentException>(() => AlipayRequest.PayPage(Payment with { Amount = Money.Zero }, FakeAlipay.Options, FakeAlipay.Keys, Now));

    [Fact]
    public void Random_subjects_are_signed_as_they_are_sent()
    {
        var random = new Random(11);
        string[] bits = ["中", "a", " ", "+", "%", "\"", "\\", "'", "<", "&", "=", "/", "🎓", "👨‍👩‍👧", "e\u0301", "\n", "\0", "\uD83C", "\u2028", "\u00e9"];
        for (var round = 0; round < 300; round++)
        {
            var subject = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => bits[random.Next(bits.Length)]));

            var fields = Received(AlipayRequest.PayPage(Payment with { Subject = subject }, FakeAlipay.Options, FakeAlipay.Keys, Now).Url);

            var sent = JsonSerializer.Deserialize<Dictionary<string, string>>(fields["biz_content"])!["subject"];
            Assert.InRange(sent.Length, 1, 256);
            Assert.DoesNotContain(sent, c => char.IsControl(c) || c is '/' or '=' or '&');
        }
    }

    [Theory]
    [InlineData("C#/.NET & ASP=Core", "C# .NET ASP Core")]
    [InlineData("  a\r\n\tb\0c  ", "a b c")]
    [InlineData("a\uD83Cb", "a b")]
    [InlineData("&/=", "")]
    [InlineData("C++ “引号” <b>'x' 50%", "C++ “引号” <b>'x' 50%")]
    public void A_subject_is_cleaned(string subject, string clean) => Assert.Equal(clean, AlipaySubject.Clean(subject));

    [Fact]
    public void A_long_subject_is_cut_between_characters_that_people_see()
    {
        var family = "👨‍👩‍👧";   // 8 UTF-16 units, one character to a reader

        Assert.Equal(new string('a', 256), AlipaySubject.Clean(new string('a', 300)));
        Assert.Equal(new string('a', 250), AlipaySubject.Clean(new string('a', 250) + family + "b"));
        Assert.Equal(new string('a', 248) + family, AlipaySubject.Clean(new string('a', 248) + family + "b"));
    }

    // as the gateway reads it: decode, check the app's signature over everything but sign
    private static IReadOnlyDictionary<string, string> Received(string url)
    {
        var fields = AlipayForm.Read(Encoding.ASCII.GetBytes(url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..]))!.Fields;
        var text = string.Join('&', fields.Where(field => field.Key != "sign").OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
        using var key = Vectors.PublicKey("app");
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(fields["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return fields;
    }

    // the framework escapes what lies beyond 16 bits; it is signed as it is sent
    private static string WithEmoji(string json) => json.Replace("\\uD83C\\uDF93", "🎓", StringComparison.Ordinal);
}

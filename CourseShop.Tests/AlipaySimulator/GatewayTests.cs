using System.Net;
using System.Text;
using System.Text.Json;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class GatewayTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("query")]
    [InlineData("body")]
    [InlineData("mixed")]
    [InlineData("charset twice")]
    public async Task All_transports_are_understood(string transport)
    {
        var request = host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" });
        var common = request.Where(field => field.Key != "biz_content").ToList();
        var (query, body) = transport switch
        {
            "query" => (ShopSide.Escape(request), null),
            "body" => ("", ShopSide.Escape(request)),
            "mixed" => (ShopSide.Escape(common), ShopSide.Escape(request.Except(common))),
            _ => ("charset=utf-8", ShopSide.Escape(request)),
        };

        var node = await NodeAsync(query, body);

        Assert.Equal("ACQ.TRADE_NOT_EXIST", node.GetProperty("sub_code").GetString());
    }

    [Fact]
    public async Task Gbk_is_signed_and_answered_in_gbk()
    {
        await host.PayAsync("A1", ("charset", "GBK"));

        var answer = await host.PostAsync(host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" }, ("charset", "GBK")));

        var (node, isGenuine) = host.Side.Read(answer, "alipay_trade_query_response", ShopSide.Gbk);
        Assert.True(isGenuine);
        Assert.Equal("Python 入门", node.GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("app_id", null, "40001", "isv.missing-app-id", false)]
    [InlineData("app_id", "2021000000000002", "40002", "isv.invalid-app-id", false)]
    [InlineData("charset", "utf-7", "40002", "isv.invalid-charset", true)]
    [InlineData("charset", null, "40002", "isv.invalid-charset", true)]
    [InlineData("sign_type", null, "40001", "isv.missing-signature-type", true)]
    [InlineData("sign_type", "RSA", "40002", "isv.invalid-signature-type", true)]
    [InlineData("sign", "", "40001", "isv.missing-signature", true)]
    [InlineData("sign", "!!!", "40002", "isv.invalid-signature", true)]
    [InlineData("sign", "c2lnbg==", "40002", "isv.invalid-signature", true)]
    [InlineData("timestamp", null, "40001", "isv.missing-timestamp", true)]
    [InlineData("timestamp", "2026-11-20T19:00:00Z", "40002", "isv.invalid-timestamp", true)]
    [InlineData("version", null, "40001", "isv.missing-version", true)]
    [InlineData("version", "2.0", "40002", "isv.invalid-parameter", true)]
    [InlineData("format", "XML", "40002", "isv.invalid-format", true)]
    [InlineData("biz_content", "{", "40002", "isv.illegal-json", true)]
    [InlineData("biz_content", "[]", "40002", "isv.illegal-json", true)]
    [InlineData("biz_content", """{"out_trade_no":"\ud800"}""", "40002", "isv.illegal-json", true)]
    [InlineData("biz_content", """{"out_trade_no":"A","out_trade_no":"B"}""", "40002", "isv.illegal-json", true)]
    [InlineData("notify_url", "javascript:alert(1)", "40002", "isv.invalid-parameter", true)]
    [InlineData("return_url", "http://localhost/a\r\nb", "40002", "isv.invalid-parameter", true)]
    [InlineData("return_url", "http://localhost/课程", "40002", "isv.invalid-parameter", true)]
    public async Task A_wrong_envelope_is_refused(string name, string? value, string code, string subCode, bool isSigned)
    {
        var answer = await host.PostAsync(host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" }, (name, value)));

        var (node, isGenuine) = host.Side.Read(answer, "alipay_trade_query_response");
        Assert.Equal(code, node.GetProperty("code").GetString());
        Assert.Equal(subCode, node.GetProperty("sub_code").GetString());
        Assert.Equal(isSigned, isGenuine);
    }

    [Fact]
    public async Task The_app_is_looked_at_before_the_signature()
    {
        var answer = await host.PostAsync(host.Side.Request("alipay.trade.query", null, ("app_id", "1"), ("sign", "forged")));

        Assert.Equal("isv.invalid-app-id", host.Side.Read(answer, "alipay_trade_query_response").Node.GetProperty("sub_code").GetString());
    }

    [Fact]
    public async Task A_changed_value_breaks_the_signature_and_the_answer_quotes_the_text()
    {
        var request = host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" });
        request["biz_content"] = """{"out_trade_no":"A2"}""";

        var (node, _) = host.Side.Read(await host.PostAsync(request), "alipay_trade_query_response");

        Assert.Equal("isv.invalid-signature", node.GetProperty("sub_code").GetString());
        Assert.Contains("app_id=2021000000000001&amp;biz_content={&quot;out_trade_no&quot;:&quot;A2&quot;}", node.GetProperty("sub_msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_values_are_not_signed()
    {
        var request = host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" });
        request["app_auth_token"] = "";

        var (node, _) = host.Side.Read(await host.PostAsync(request), "alipay_trade_query_response");

        Assert.Equal("ACQ.TRADE_NOT_EXIST", node.GetProperty("sub_code").GetString());
    }

    [Fact]
    public async Task A_name_that_comes_twice_is_refused()
    {
        var request = host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" });

        var node = await NodeAsync("version=1.0", ShopSide.Escape(request));

        Assert.Equal("isv.invalid-parameter", node.GetProperty("sub_code").GetString());
    }

    [Fact]
    public async Task An_unknown_method_is_a_signed_error()
    {
        var (node, isGenuine) = host.Side.Read(await host.PostAsync(host.Side.Request("alipay.rade.refund", new { })), "error_response");

        Assert.Equal("isv.invalid-method", node.GetProperty("sub_code").GetString());
        Assert.True(isGenuine);
    }

    [Fact]
    public async Task Answers_look_different_from_call_to_call_and_all_verify()
    {
        await host.PayAsync("A1");
        var shapes = new HashSet<string>(StringComparer.Ordinal);

        for (var i = 0; i < 12; i++)
        {
            var answer = await host.PostAsync(host.Side.Request("alipay.trade.query", new { out_trade_no = "A1" }));
            Assert.True(host.Side.Read(answer, "alipay_trade_query_response").IsGenuine);
            shapes.Add(Encoding.UTF8.GetString(answer, 0, 6));
        }

        Assert.True(shapes.Count > 1);
    }

    [Fact]
    public async Task A_page_of_refusal_is_html_in_gbk_with_the_code()
    {
        using var response = await host.Browser.GetAsync($"{SimulatorHost.Gateway}?{ShopSide.Escape(host.PayRequest("A1", ("sign", "c2lnbg==")))}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=GBK", response.Content.Headers.ContentType!.ToString());
        var page = ShopSide.Gbk.GetString(await response.Content.ReadAsByteArrayAsync());
        Assert.Contains("<dd>invalid-signature</dd>", page, StringComparison.Ordinal);
        Assert.Contains("请求未被受理", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_comes_in_makes_it_fail()
    {
        var random = new Random(20261120);
        for (var i = 0; i < 300; i++)
        {
            var request = host.Side.Request(i % 2 == 0 ? "alipay.trade.page.pay" : "alipay.trade.query", Noise(random), (i % 7 == 0 ? "charset" : "timestamp", i % 5 == 0 ? "\0" : "GBK"));
            var body = Encoding.Latin1.GetBytes(ShopSide.Escape(request));
            for (var flips = random.Next(4); flips > 0; flips--)
                body[random.Next(body.Length)] = (byte)random.Next(256);

            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", i % 3 == 0 ? "multipart/form-data; boundary=" : "application/x-www-form-urlencoded; charset=utf-7");
            using var response = await host.Browser.PostAsync(SimulatorHost.Gateway + (i % 2 == 0 ? "?%zz=%&=&&a" : ""), content);
            Assert.True((int)response.StatusCode < 500, Encoding.Latin1.GetString(body));
        }
    }

    [Fact]
    public async Task Too_much_is_refused()
    {
        using var response = await host.Browser.PostAsync(SimulatorHost.Gateway, new ByteArrayContent(new byte[300_000]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static string Noise(Random random)
    {
        string[] values = ["\"A1\"", "1e5", "-1", "null", "true", "{\"a\":[1]}", "\"\\u0000\"", "\"😀\"", "\"" + new string('x', 300) + "\"", "99999999999999999999", "\"d\"", "\"1c\"", "\"99999d\""];
        string[] names = ["out_trade_no", "total_amount", "subject", "product_code", "time_expire", "timeout_express", "trade_no", "\\ud800"];
        return "{" + string.Join(',', names.Where(_ => random.Next(3) > 0).Select(name => $"\"{name}\":{values[random.Next(values.Length)]}")) + "}";
    }

    private async Task<JsonElement> NodeAsync(string query, string? body)
    {
        using var response = body is null
            ? await host.Browser.GetAsync($"{SimulatorHost.Gateway}?{query}")
            : await host.Browser.PostAsync($"{SimulatorHost.Gateway}?{query}", new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"));
        Assert.Equal("text/html;charset=utf-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        var (node, isGenuine) = host.Side.Read(await response.Content.ReadAsByteArrayAsync(), "alipay_trade_query_response");
        Assert.True(isGenuine);
        return node;
    }
}

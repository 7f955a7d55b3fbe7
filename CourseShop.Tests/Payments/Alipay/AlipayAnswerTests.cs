using System.Text;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayAnswerTests
{
    private const string Cases = "response_verify.json";
    private const string Method = "alipay.trade.query";

    public static TheoryData<string> Ids => Vectors.Ids(Cases);

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_answer_is_what_its_signature_covers(string id)
    {
        var one = Vectors.Case(Cases, id);
        var charset = AlipayCharset.Find(one.Text("charset"))!;

        var answer = AlipayAnswer.Read(one.Bytes("body_b64"), one.Text("method"), FakeAlipay.Keys, charset);

        // we never ask for encrypted answers, so we refuse them; what their signature covers is tested below
        var expected = id == "encrypted" ? "reject" : one.Text("outcome");
        if (expected != "either")
            Assert.Equal(Named(expected), answer.Outcome);
        if (answer.Outcome != AlipayOutcome.Reject)
            Assert.Equal(one.Text("code"), answer.Code);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_signed_text_is_cut_out_as_it_came(string id)
    {
        var one = Vectors.Case(Cases, id);
        var charset = AlipayCharset.Find(one.Text("charset"))!;
        if (one.Text("outcome") == "reject" || one.Text("signed_content_b64").Length == 0 || id == "bom")
            return;

        var envelope = AlipayEnvelope.Open(charset.GetString(one.Bytes("body_b64")), one.Text("method"));

        Assert.Equal(one.Bytes("signed_content_b64"), charset.GetBytes(envelope!.Node));
        Assert.Equal(one.Text("node") == "error_response", envelope.IsError);
    }

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var genuine = Encoding.UTF8.GetBytes(FakeAlipay.Answer(Method, Found("CS1")));
        Assert.Equal(AlipayOutcome.Ok, AlipayAnswer.Read(genuine, Method, FakeAlipay.Keys).Outcome);

        for (var bit = 0; bit < genuine.Length * 8; bit++)
        {
            var flipped = genuine.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(AlipayOutcome.Reject, AlipayAnswer.Read(flipped, Method, FakeAlipay.Keys).Outcome);
        }
    }

    [Fact]
    public void Any_cut_is_refused()
    {
        var genuine = Encoding.UTF8.GetBytes(FakeAlipay.Answer(Method, Found("CS1")));

        for (var length = 0; length < genuine.Length; length++)
            Assert.Equal(AlipayOutcome.Reject, AlipayAnswer.Read(genuine.AsSpan(0, length), Method, FakeAlipay.Keys).Outcome);
    }

    [Theory]
    [InlineData("10003", "", AlipayOutcome.Unknown)]
    [InlineData("20000", "aop.unknow-error", AlipayOutcome.Unknown)]
    [InlineData("40004", "AQC.SYSTEM_ERROR", AlipayOutcome.Unknown)]
    [InlineData("40004", "TRADE_NOT_EXIST", AlipayOutcome.BusinessError)]
    [InlineData("", "", AlipayOutcome.Reject)]
    public void A_code_means_yes_no_or_unknown(string code, string subCode, AlipayOutcome outcome)
    {
        var body = FakeAlipay.Answer(Method, new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["sub_code"] = subCode });

        Assert.Equal(outcome, AlipayAnswer.Read(Encoding.UTF8.GetBytes(body), Method, FakeAlipay.Keys).Outcome);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{\"alipay_trade_query_response\":null}")]
    [InlineData("{\"alipay_trade_query_response\":[1]}")]
    [InlineData("{\"alipay_trade_query_response\":{\"code\":{}}}")]
    [InlineData("{\"alipay_trade_query_response\":{\"code\":\"\\ud800\"}}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"sign\":\"\\ud800\"}")]
    public void Odd_JSON_never_throws(string body)
    {
        var answer = AlipayAnswer.Read(Encoding.UTF8.GetBytes(body), Method, FakeAlipay.Keys);

        Assert.True(answer.Outcome is AlipayOutcome.Reject or AlipayOutcome.UnsignedError);
    }

    private static Dictionary<string, string> Found(string outTradeNo) => new(StringComparer.Ordinal)
    {
        ["code"] = "10000",
        ["msg"] = "Success",
        ["out_trade_no"] = outTradeNo,
        ["subject"] = "课程 }\"sign\":\"",
    };

    private static AlipayOutcome Named(string outcome) => outcome switch
    {
        "ok" => AlipayOutcome.Ok,
        "business_error" => AlipayOutcome.BusinessError,
        "unknown" or "pending" => AlipayOutcome.Unknown,
        "unsigned_error" => AlipayOutcome.UnsignedError,
        _ => AlipayOutcome.Reject,
    };
}

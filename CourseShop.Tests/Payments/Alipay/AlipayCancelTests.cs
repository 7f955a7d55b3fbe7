using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayCancelTests : IDisposable
{
    private readonly AlipayDesk desk = new();

    public AlipayCancelTests()
    {
        desk.Alipay.Trades["PAID"] = new("2026030122001400001000000001", Money.Yuan(99));
        desk.Alipay.Trades["UNPAID"] = new("2026030122001400001000000002", Money.Yuan(10), "WAIT_BUYER_PAY");
        desk.Alipay.Trades["OLD"] = new("2026030122001400001000000003", Money.Yuan(10), "TRADE_FINISHED");
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task It_tells_whether_a_trade_was_closed_refunded_or_never_there()
    {
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.Refunded), await CancelAsync("PAID"));
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.Closed), await CancelAsync("UNPAID"));
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.NotFound), await CancelAsync("NONE"));
        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.CancelNotPossible, Code: "ACQ.TRADE_HAS_FINISHED"), await CancelAsync("OLD"));
        Assert.Equal((Money.Yuan(99), "TRADE_CLOSED"), (desk.Alipay.Trades["PAID"].Refunded, desk.Alipay.Trades["UNPAID"].Status));
    }

    [Theory]
    [InlineData("Y", "")]
    [InlineData("Y", "close")]
    [InlineData("N", "something")]
    public async Task What_Alipay_wants_to_be_asked_again_is_unknown(string retry, string action)
    {
        Say("10000", "", ("out_trade_no", "PAID"), ("retry_flag", retry), ("action", action));

        Assert.Equal(GatewayVerdict.Unknown, (await CancelAsync("PAID")).Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UNPAID")]
    public async Task A_yes_that_names_no_trade_or_another_one_is_unknown(string named)
    {
        Say("10000", "", ("out_trade_no", named), ("retry_flag", "N"), ("action", "refund"));

        Assert.Equal(GatewayVerdict.Unknown, (await CancelAsync("PAID")).Verdict);
    }

    [Theory]
    [InlineData("ACQ.TRADE_CANCEL_TIME_OUT", GatewayVerdict.No, GatewayRefusal.CancelNotPossible)]
    [InlineData("ACQ.CANCEL_NOT_ALLOWED", GatewayVerdict.No, GatewayRefusal.CancelNotPossible)]
    [InlineData("ACQ.SELLER_BALANCE_NOT_ENOUGH", GatewayVerdict.No, GatewayRefusal.SellerBalanceNotEnough)]
    [InlineData("ACQ.INVALID_PARAMETER", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("AQC.SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    public async Task Its_codes_mean_no_or_unknown(string code, GatewayVerdict verdict, GatewayRefusal refusal)
    {
        Say("40004", code);

        Assert.Equal(new(verdict, Refusal: refusal, Code: code), await CancelAsync("PAID"));
    }

    [Fact]
    public async Task An_unsigned_no_is_unknown()
    {
        desk.Alipay.Mood = AlipayMood.DoneButUnsignedError;

        Assert.Equal(new(GatewayVerdict.Unknown, Code: "unsigned ACQ.TRADE_HAS_FINISHED"), await CancelAsync("PAID"));
    }

    private Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo) => desk.Payments.CancelAsync(outTradeNo, CancellationToken.None);

    private void Say(string code, string subCode, params (string Name, string Value)[] more) => desk.Alipay.Script = (_, _) =>
        more.Append(("code", code)).Append(("sub_code", subCode)).ToDictionary(field => field.Item1, field => field.Item2, StringComparer.Ordinal);
}

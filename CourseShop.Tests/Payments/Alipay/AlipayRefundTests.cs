using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayRefundTests : IDisposable
{
    private const string TradeNo = "2026030122001400001000000001";
    private static readonly DateTimeOffset PaidAt = new(2026, 3, 1, 1, 6, 2, TimeSpan.Zero);
    private readonly AlipayDesk desk = new();

    public AlipayRefundTests() => Alipay.Trades["CS1"] = new(TradeNo, Money.Yuan(99), PaidAt: PaidAt);

    private FakeAlipayHandler Alipay => desk.Alipay;
    private IPaymentGateway Gateway => desk.Payments;

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_refund_says_all_that_Alipay_needs()
    {
        await RefundAsync("R1", 4050, "不想学了 " + new string('好', 300));

        var asked = Assert.Single(Alipay.Contents);
        Assert.Equal(("CS1", TradeNo, "R1", "40.50"), (asked["out_trade_no"], asked["trade_no"], asked["out_request_no"], asked["refund_amount"]));
        Assert.Equal("不想学了 " + new string('好', 251), asked["refund_reason"]);
        Assert.Equal([("alipay.trade.refund", "CS1")], Alipay.Calls);
    }

    [Fact]
    public async Task A_reason_may_be_missing() =>
        Assert.False((await RefundAsync("R1", 1, " ")).Value is null || Alipay.Contents.Single().ContainsKey("refund_reason"));

    [Fact]
    public async Task Refunds_add_up_and_a_repeat_moves_no_money()
    {
        var first = await RefundAsync("R1", 4000);
        var repeat = await RefundAsync("R1", 4000);
        var second = await RefundAsync("R2", 5900);
        var trade = await Gateway.QueryAsync("CS1", CancellationToken.None);

        Assert.Equal(new(GatewayVerdict.Yes, new(true, Money.Yuan(40))), first);
        Assert.Equal(new(GatewayVerdict.Yes, new(false, Money.Yuan(40))), repeat);
        Assert.Equal(new(GatewayVerdict.Yes, new(true, Money.Yuan(99))), second);
        Assert.Equal((GatewayTradeStatus.Closed, true), (trade.Value!.Status, trade.Value.WasPaid));
    }

    [Fact]
    public async Task The_query_knows_a_refund_by_its_number_only()
    {
        await RefundAsync("R1", 4000);

        Assert.Equal(new(GatewayVerdict.Yes, new(true, null)), await AskAsync("R1"));
        Assert.Equal(new(GatewayVerdict.Yes, new(false, null)), await AskAsync("R2"));
    }

    [Fact]
    public async Task The_second_payment_of_a_number_is_refunded_by_its_trade_number()
    {
        Alipay.Trades["CS1 again"] = new("2026030122001400001000000009", Money.Yuan(99), PaidAt: PaidAt);

        var answer = await Gateway.RefundAsync(new("CS1", "2026030122001400001000000009", "R1", Money.Yuan(99), "重复付款"), CancellationToken.None);

        Assert.True(answer.Value!.IsDone);
        Assert.Equal((Money.Zero, Money.Yuan(99)), (Alipay.Trades["CS1"].Refunded, Alipay.Trades["CS1 again"].Refunded));
    }

    [Fact]
    public async Task What_Alipay_refuses_for_ever_is_not_possible()
    {
        await RefundAsync("R1", 4000);

        Assert.Equal("ACQ.DISCORDANT_REPEAT_REQUEST", await NotPossibleAsync("R1", 3999));
        Assert.Equal("ACQ.REASON_TRADE_REFUND_FEE_ERR", await NotPossibleAsync("R2", 5901));
        Alipay.Trades["CS1"] = Alipay.Trades["CS1"] with { Status = "TRADE_FINISHED" };
        Assert.Equal("ACQ.TRADE_HAS_FINISHED", await NotPossibleAsync("R2", 1));
        Alipay.Trades["CS1"] = Alipay.Trades["CS1"] with { Status = "WAIT_BUYER_PAY" };
        Assert.Equal("ACQ.TRADE_STATUS_ERROR", await NotPossibleAsync("R2", 1));
    }

    [Fact]
    public async Task With_too_little_money_the_same_refund_is_asked_for_again()
    {
        Alipay.Mood = AlipayMood.Poor;
        var poor = await RefundAsync("R1", 4000);
        Alipay.Mood = AlipayMood.Well;
        var rich = await RefundAsync("R1", 4000);

        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.SellerBalanceNotEnough, Code: "ACQ.SELLER_BALANCE_NOT_ENOUGH"), poor);
        Assert.True(rich.Value!.IsDone);
    }

    [Theory]
    [InlineData("40004", "ACQ.TRADE_NOT_ALLOW_REFUND", GatewayVerdict.No, GatewayRefusal.RefundNotPossible)]
    [InlineData("40004", "ACQ.NOT_ALLOW_PARTIAL_REFUND", GatewayVerdict.No, GatewayRefusal.RefundNotPossible)]
    [InlineData("40004", "ACQ.TRADE_HAS_CLOSE", GatewayVerdict.No, GatewayRefusal.RefundNotPossible)]
    [InlineData("40004", "ACQ.TRADE_NOT_EXIST", GatewayVerdict.No, GatewayRefusal.TradeNotExist)]
    [InlineData("40004", "ACQ.REASON_TRADE_BEEN_FREEZEN", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("40004", "ACQ.INVALID_PARAMETER", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("40005", "isv.app-call-limited", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("40004", "ACQ.SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    [InlineData("40004", "AQC.SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    [InlineData("20000", "isp.unknow-error", GatewayVerdict.Unknown, GatewayRefusal.None)]
    [InlineData("20000", "aop.unknow-error", GatewayVerdict.Unknown, GatewayRefusal.None)]
    public async Task Alipays_codes_mean_no_or_unknown(string code, string subCode, GatewayVerdict verdict, GatewayRefusal refusal)
    {
        Answer(("code", code), ("sub_code", subCode));

        Assert.Equal(new(verdict, Refusal: refusal, Code: subCode), await RefundAsync("R1", 4000));
    }

    [Theory]
    [InlineData(AlipayMood.Down)]
    [InlineData(AlipayMood.Unreachable)]
    [InlineData(AlipayMood.Garbage)]
    [InlineData(AlipayMood.Truncated)]
    [InlineData(AlipayMood.Unsigned)]
    [InlineData(AlipayMood.Forged)]
    [InlineData(AlipayMood.UnsignedError)]
    [InlineData(AlipayMood.WrongTrade)]
    [InlineData(AlipayMood.Busy)]
    public async Task Whatever_is_not_signed_by_Alipay_is_unknown(AlipayMood mood)
    {
        await RefundAsync("R1", 4000);
        Alipay.Mood = mood;

        Assert.Equal(GatewayVerdict.Unknown, (await RefundAsync("R2", 1)).Verdict);
        Assert.Equal(GatewayVerdict.Unknown, (await AskAsync("R1")).Verdict);
    }

    [Theory]
    [InlineData(AlipayMood.DoneButBusy, "ACQ.SYSTEM_ERROR")]
    [InlineData(AlipayMood.DoneButSlow, "timeout")]
    [InlineData(AlipayMood.DoneButUnsignedError, "unsigned ACQ.TRADE_HAS_FINISHED")]
    public async Task A_refund_that_was_done_unheard_is_known_by_asking(AlipayMood mood, string code)
    {
        (Alipay.Mood, Alipay.MoodIsFor) = (mood, "alipay.trade.refund");

        var unknown = await RefundAsync("R1", 4000);
        var asked = await AskAsync("R1");

        Assert.Equal(new(GatewayVerdict.Unknown, Code: code), unknown);
        Assert.Equal(new(GatewayVerdict.Yes, new(true, null)), asked);
        Assert.Equal(Money.Yuan(40), Alipay.Trades["CS1"].Refunded);
    }

    [Theory]
    [InlineData("fund_change", "", true)]
    [InlineData("fund_change", "N", true)]
    [InlineData("refund_fee", "", true)]
    [InlineData("refund_fee", "much", false)]
    [InlineData("out_trade_no", "CS2", false)]
    [InlineData("out_trade_no", "", false)]
    [InlineData("trade_no", "2026030122001400001000000002", false)]
    [InlineData("trade_no", "", false)]
    [InlineData("out_request_no", "R2", false)]
    public async Task A_yes_to_a_refund_names_its_trade(string name, string value, bool isYes)
    {
        Answer(("code", "10000"), ("out_trade_no", "CS1"), ("trade_no", TradeNo), ("fund_change", "Y"), ("refund_fee", "40.00"), (name, value));

        var answer = await RefundAsync("R1", 4000);

        Assert.Equal(isYes, answer.Verdict == GatewayVerdict.Yes);
        Assert.Equal(isYes ? name != "fund_change" : null, answer.Value?.IsDone);
        Assert.Equal(isYes && name != "refund_fee" ? Money.Yuan(40) : null, answer.Value?.TotalRefunded);
    }

    [Theory]
    [InlineData("refund_status", "REFUND_PROCESSING")]
    [InlineData("refund_status", "refund_success")]
    [InlineData("out_request_no", "R2")]
    [InlineData("out_request_no", "")]
    [InlineData("out_trade_no", "CS2")]
    [InlineData("out_trade_no", "")]
    [InlineData("trade_no", "2026030122001400001000000002")]
    [InlineData("trade_no", "")]
    public async Task A_success_in_the_query_names_the_refund(string name, string value)
    {
        Answer(("code", "10000"), ("out_trade_no", "CS1"), ("trade_no", TradeNo), ("out_request_no", "R1"), ("refund_status", "REFUND_SUCCESS"), (name, value));

        Assert.Equal(GatewayVerdict.Unknown, (await AskAsync("R1")).Verdict);
    }

    [Fact]
    public async Task A_no_about_another_trade_is_unknown()
    {
        Answer(("code", "40004"), ("sub_code", "ACQ.TRADE_HAS_FINISHED"), ("trade_no", "2026030122001400001000000002"));

        Assert.Equal(GatewayVerdict.Unknown, (await RefundAsync("R1", 4000)).Verdict);
    }

    [Fact]
    public async Task Numbers_and_amounts_that_Alipay_would_refuse_are_never_sent()
    {
        foreach (var number in (string[])["", "R-1", "退款1", new('R', 65)])
            await Assert.ThrowsAsync<ArgumentException>(() => RefundAsync(number, 1));
        await Assert.ThrowsAsync<ArgumentException>(() => RefundAsync("R1", 0));
        Assert.Empty(Alipay.Calls);
    }

    private void Answer(params (string Name, string Value)[] fields) =>
        Alipay.Script = (_, _) => fields.GroupBy(field => field.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);

    private Task<GatewayAnswer<GatewayRefund>> RefundAsync(string number, long fen, string reason = "不想学了") =>
        Gateway.RefundAsync(new("CS1", TradeNo, number, new(fen), reason), CancellationToken.None);

    private Task<GatewayAnswer<GatewayRefund>> AskAsync(string number) => Gateway.QueryRefundAsync("CS1", TradeNo, number, CancellationToken.None);

    private async Task<string?> NotPossibleAsync(string number, long fen)
    {
        var answer = await RefundAsync(number, fen);
        Assert.Equal((GatewayVerdict.No, GatewayRefusal.RefundNotPossible), (answer.Verdict, answer.Refusal));
        return answer.Code;
    }
}

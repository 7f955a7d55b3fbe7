using System.Text.Json;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayTransferTests : IDisposable
{
    private static readonly TransferPayee Teacher = new(PayeeKind.SignInName, "13800000000", "王老师");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 1, 6, 2, TimeSpan.Zero);

    private readonly AlipayDesk desk = new(AlipayMode.Simulator);

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_transfer_says_all_that_Alipay_needs()
    {
        await TransferAsync("W1", 5_000_000, remark: "三月 & 四月");

        var asked = Assert.Single(desk.Alipay.Contents);
        var payee = JsonElement.Parse(asked["payee_info"]);
        Assert.Equal(("W1", "50000.00", "TRANS_ACCOUNT_NO_PWD", "DIRECT_TRANSFER"), (asked["out_biz_no"], asked["trans_amount"], asked["product_code"], asked["biz_scene"]));
        Assert.Equal(("课程收入", "三月 四月"), (asked["order_title"], asked["remark"]));
        Assert.Equal(("13800000000", "ALIPAY_LOGON_ID", "王老师"), (payee.Text("identity"), payee.Text("identity_type"), payee.Text("name")));
    }

    [Fact]
    public async Task A_payee_may_be_named_by_the_number_of_the_account()
    {
        await TransferAsync("W1", 1_000, new(PayeeKind.UserId, "2088100000000011", null));

        var payee = JsonElement.Parse(desk.Alipay.Contents.Single()["payee_info"]);
        Assert.Equal(("2088100000000011", "ALIPAY_USER_ID", false), (payee.Text("identity"), payee.Text("identity_type"), payee.TryGetProperty("name", out _)));
    }

    [Fact]
    public async Task The_same_number_moves_money_once_and_other_facts_under_it_are_told_apart()
    {
        var first = await TransferAsync("W1", 1_000);
        var repeat = await TransferAsync("W1", 1_000);
        var other = await TransferAsync("W1", 1_001);

        Assert.Equal(new(GatewayVerdict.Yes, new(TransferStatus.Done, "20260301W1", At, null)), first);
        Assert.Equal(first, repeat);
        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.TransferDiffers, Code: "PAYMENT_INFO_INCONSISTENCY"), other);
        Assert.Equal(Money.Yuan(990), desk.Alipay.Balance);
    }

    [Theory]
    [InlineData(AlipayMood.DoneButBusy)]
    [InlineData(AlipayMood.DoneButSlow)]
    [InlineData(AlipayMood.DoneButUnsignedError)]
    public async Task An_unknown_transfer_is_known_by_asking(AlipayMood mood)
    {
        desk.Alipay.Mood = mood;
        var unknown = await TransferAsync("W1", 1_000);
        desk.Alipay.Mood = AlipayMood.Well;

        Assert.Equal(GatewayVerdict.Unknown, unknown.Verdict);
        Assert.Equal(TransferStatus.Done, (await AskAsync("W1")).Value!.Status);
        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.TransferNotExist, Code: "ORDER_NOT_EXIST"), await AskAsync("W2"));
    }

    [Theory]
    [InlineData("SUCCESS", TransferStatus.Done)]
    [InlineData("DEALING", TransferStatus.UnderWay)]
    [InlineData("FAIL", TransferStatus.Failed)]
    [InlineData("REFUND", TransferStatus.Returned)]
    public async Task A_transfer_stands_somewhere(string status, TransferStatus expected)
    {
        desk.Alipay.Transfers["W1"] = new("{}", Money.Yuan(1), status, "PAYEE_CARD_INFO_ERROR");

        Assert.Equal(new(GatewayVerdict.Yes, new(expected, "20260301W1", At, "PAYEE_CARD_INFO_ERROR")), await AskAsync("W1"));
    }

    [Theory]
    [InlineData("status", "")]
    [InlineData("status", "success")]
    [InlineData("out_biz_no", "")]
    [InlineData("out_biz_no", "W2")]
    [InlineData("trans_date", "today")]
    public async Task A_signed_answer_that_makes_no_sense_is_unknown(string name, string value)
    {
        desk.Alipay.Script = (_, number) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "10000", ["out_biz_no"] = number, ["status"] = "SUCCESS", [name] = value };

        Assert.Equal(GatewayVerdict.Unknown, (await TransferAsync("W1", 1_000)).Verdict);
    }

    [Theory]
    [InlineData("BALANCE_IS_NOT_ENOUGH", GatewayVerdict.No, GatewayRefusal.SellerBalanceNotEnough)]
    [InlineData("PAYER_BALANCE_NOT_ENOUGH", GatewayVerdict.No, GatewayRefusal.SellerBalanceNotEnough)]
    [InlineData("PAYEE_NOT_EXIST", GatewayVerdict.No, GatewayRefusal.PayeeWrong)]
    [InlineData("PAYEE_USER_INFO_ERROR", GatewayVerdict.No, GatewayRefusal.PayeeWrong)]
    [InlineData("PAYEE_ACC_OCUPIED", GatewayVerdict.No, GatewayRefusal.PayeeWrong)]
    [InlineData("EXCEED_LIMIT_SM_AMOUNT", GatewayVerdict.No, GatewayRefusal.TransferNotPossible)]
    [InlineData("EXCEED_LIMIT_SM_MIN_AMOUNT", GatewayVerdict.No, GatewayRefusal.TransferNotPossible)]
    [InlineData("MEMO_REQUIRED_IN_TRANSFER_ERROR", GatewayVerdict.No, GatewayRefusal.TransferNotPossible)]
    [InlineData("REMARK_HAS_SENSITIVE_WORD", GatewayVerdict.No, GatewayRefusal.TransferNotPossible)]
    [InlineData("EXCEED_LIMIT_DM_AMOUNT", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("EXCEED_LIMIT_MM_AMOUNT", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("PRODUCT_NOT_SIGN", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("SECURITY_CHECK_FAILED", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    public async Task Its_codes_have_no_prefix(string code, GatewayVerdict verdict, GatewayRefusal refusal)
    {
        desk.Alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "40004", ["sub_code"] = code };

        Assert.Equal(new(verdict, Refusal: refusal, Code: code), await TransferAsync("W1", 1_000));
    }

    [Theory]
    [InlineData("W1", 9, "13800000000", "王老师", "")]
    [InlineData("W1", 10_000_000_001, "13800000000", "王老师", "工资")]
    [InlineData("W1", 5_000_000, "13800000000", "王老师", " ")]
    [InlineData("W1", 1_000, "", "王老师", "")]
    [InlineData("W1", 1_000, "13800000000", " ", "")]
    [InlineData("", 1_000, "13800000000", "王老师", "")]
    [InlineData("W-1", 1_000, "13800000000", "王老师", "")]
    public async Task What_Alipay_would_refuse_whatever_its_state_is_not_sent(string number, long fen, string account, string name, string remark)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => TransferAsync(number, fen, new(PayeeKind.SignInName, account, name), remark));

        Assert.Empty(desk.Alipay.Calls);
    }

    [Fact]
    public async Task Without_certificates_nothing_is_asked()
    {
        using var publicKey = new AlipayDesk();

        var transfer = await publicKey.Payouts.TransferAsync(new("W1", Money.Yuan(10), Teacher, "课程收入"), CancellationToken.None);
        var query = await publicKey.Payouts.QueryTransferAsync("W1", CancellationToken.None);

        Assert.All([transfer, query], answer => Assert.Equal((GatewayVerdict.No, GatewayRefusal.NeedsCertificates), (answer.Verdict, answer.Refusal)));
        Assert.Empty(publicKey.Alipay.Calls);
    }

    [Fact]
    public async Task The_balance_is_told_in_both_modes()
    {
        using var publicKey = new AlipayDesk();

        var balance = new GatewayBalance(Money.Yuan(1_000), Money.Yuan(1_000), Money.Zero);
        Assert.Equal(new(GatewayVerdict.Yes, balance), await desk.Payouts.BalanceAsync(CancellationToken.None));
        Assert.Equal(new(GatewayVerdict.Yes, balance), await publicKey.Payouts.BalanceAsync(CancellationToken.None));
        publicKey.Alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "10000", ["total_amount"] = "much" };
        Assert.Equal(GatewayVerdict.Unknown, (await publicKey.Payouts.BalanceAsync(CancellationToken.None)).Verdict);
    }

    private Task<GatewayAnswer<GatewayTransfer>> TransferAsync(string number, long fen, TransferPayee? payee = null, string remark = "") =>
        desk.Payouts.TransferAsync(new(number, new(fen), payee ?? Teacher, "课程收入", remark), CancellationToken.None);

    private Task<GatewayAnswer<GatewayTransfer>> AskAsync(string number) => desk.Payouts.QueryTransferAsync(number, CancellationToken.None);
}

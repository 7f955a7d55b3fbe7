using System.Text.Json;
using CourseShop.AlipaySimulator;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class TransferTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Money_leaves_the_account_once_per_number()
    {
        var first = await TransferAsync("W1", "100.00");
        var repeat = await TransferAsync("W1", "100.0");
        var other = await TransferAsync("W1", "100.01");
        var asked = await AskAsync("W1");

        Assert.Equal(("10000", "SUCCESS", "2026-11-20 19:00:00"), (Text(first, "code"), Text(first, "status"), Text(first, "trans_date")));
        Assert.Equal(Text(first, "order_id"), Text(repeat, "order_id"));
        Assert.Equal("PAYMENT_INFO_INCONSISTENCY", Text(other, "sub_code"));
        Assert.Equal(("SUCCESS", "2026-11-20 19:00:00"), (Text(asked, "status"), Text(asked, "pay_date")));
        Assert.Equal("99900.00", await BalanceAsync());
    }

    [Fact]
    public async Task The_balance_is_what_came_less_what_left()
    {
        await host.PayAsync("A1");
        await host.CallAsync("alipay.trade.refund", new { out_trade_no = "A1", out_request_no = "R1", refund_amount = "30.00" });
        await TransferAsync("W1", "0.10");

        Assert.Equal("100058.70", await BalanceAsync());
        Assert.Equal("BALANCE_IS_NOT_ENOUGH", Text(await TransferAsync("W2", "100058.71", remark: "太多"), "sub_code"));
        Assert.Equal("SUCCESS", Text(await TransferAsync("W2", "100058.70", remark: "全部"), "status"));
        Assert.Equal("0.00", await BalanceAsync());
    }

    [Theory]
    [InlineData("0.09", "13800000000", "王老师", "EXCEED_LIMIT_SM_MIN_AMOUNT")]
    [InlineData("100000000.01", "13800000000", "王老师", "EXCEED_LIMIT_SM_AMOUNT")]
    [InlineData("50000.00", "13800000000", "王老师", "MEMO_REQUIRED_IN_TRANSFER_ERROR")]
    [InlineData("10.00", "138", "王老师", "PAYEE_NOT_EXIST")]
    [InlineData("10.00", "teacher@", "王老师", "PAYEE_NOT_EXIST")]
    [InlineData("10.00", "teacher@example.com", "", "INVALID_PARAMETER")]
    [InlineData("ten", "13800000000", "王老师", "INVALID_PARAMETER")]
    public async Task What_Alipay_refuses_is_refused_without_a_prefix(string amount, string identity, string name, string code)
    {
        Assert.Equal(code, Text(await TransferAsync("W1", amount, identity, name), "sub_code"));
        Assert.Equal("100000.00", await BalanceAsync());
    }

    [Theory]
    [InlineData("{}", "out_biz_no")]
    [InlineData("""{"out_biz_no":"W1"}""", "trans_amount")]
    [InlineData("""{"out_biz_no":"W1","trans_amount":"1.00"}""", "product_code")]
    [InlineData("""{"out_biz_no":"W1","trans_amount":"1.00","product_code":"TRANS_ACCOUNT_NO_PWD"}""", "biz_scene")]
    [InlineData("""{"out_biz_no":"W1","trans_amount":"1.00","product_code":"TRANS_ACCOUNT_NO_PWD","biz_scene":"DIRECT_TRANSFER","payee_info":"x"}""", "payee_info.identity_type")]
    public async Task A_wrong_field_is_named(string content, string field) =>
        Assert.Equal($"参数有误：{field}", Text(await host.CallAsync("alipay.fund.trans.uni.transfer", content), "sub_msg"));

    [Fact]
    public async Task A_payee_may_be_named_by_the_number_of_the_account()
    {
        var right = await TransferAsync("W1", "1.00", "2088100000000011", "", "ALIPAY_USER_ID");
        var wrong = await TransferAsync("W2", "1.00", "13800000000", "", "ALIPAY_USER_ID");

        Assert.Equal(("SUCCESS", "PAYEE_NOT_EXIST"), (Text(right, "status"), Text(wrong, "sub_code")));
    }

    [Theory]
    [InlineData(Switch.TransferUnknown, "SYSTEM_ERROR", true, true)]
    [InlineData(Switch.TransferDenied, "PAYEE_NOT_EXIST", false, true)]
    [InlineData(Switch.TransferNotDone, "SYSTEM_ERROR", true, false)]
    [InlineData(Switch.TransferWithoutBalance, "BALANCE_IS_NOT_ENOUGH", true, false)]
    public async Task A_switch_decides_what_is_done_and_what_is_heard(Switch which, string heard, bool isSigned, bool isDone)
    {
        host.Turn(which);

        var (node, isGenuine) = host.Side.Read(await host.PostAsync(host.Side.Request("alipay.fund.trans.uni.transfer", Content("W1", "10.00"))), "alipay_fund_trans_uni_transfer_response");

        Assert.Equal((heard, isSigned), (Text(node, "sub_code"), isGenuine));
        Assert.Equal(isDone ? null : "ORDER_NOT_EXIST", Text(await AskAsync("W1"), "sub_code"));
        Assert.Equal("SUCCESS", Text(await TransferAsync("W1", "10.00"), "status"));
        Assert.Equal("99990.00", await BalanceAsync());
    }

    [Theory]
    [InlineData(Switch.TransferDealing, "SUCCESS", "99990.00")]
    [InlineData(Switch.TransferFails, "FAIL", "100000.00")]
    public async Task What_is_under_way_ends_when_it_is_asked_about(Switch which, string end, string balance)
    {
        host.Turn(which);

        var answers = new[] { await TransferAsync("W1", "10.00"), await TransferAsync("W1", "10.00"), await AskAsync("W1"), await AskAsync("W1"), await TransferAsync("W1", "10.00") };

        Assert.Equal(["DEALING", "DEALING", end, end, end], answers.Select(answer => Text(answer, "status")));
        Assert.Equal(balance, await BalanceAsync());
    }

    [Fact]
    public async Task Side_by_side_the_same_number_moves_money_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TransferAsync("W1", "10.00")));

        Assert.Equal("99990.00", await BalanceAsync());
    }

    [Fact]
    public async Task A_person_sees_transfers_and_balance()
    {
        await TransferAsync("W1", "10.00");

        var page = await host.PageAsync(SimulatorHost.Control);

        var row = Assert.Single(page.QuerySelectorAll("[aria-labelledby=transfers] tbody tr"));
        Assert.Equal(["W1", "13800000000 王老师", "课程收入", "¥10.00", "SUCCESS"], row.QuerySelectorAll("td").Select(cell => cell.TextContent).Where((_, i) => i is not (1 or 6)));
        Assert.Contains("商家账户余额 ¥99990.00", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("W1", host.Services.GetRequiredService<SimulatorStore>().LatestCalls(1).Single().OutTradeNo);
    }

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var field) ? field.GetString() : null;

    private static object Content(string number, string amount, string identity = "13800000000", string name = "王老师", string type = "ALIPAY_LOGON_ID", string remark = "") => new
    {
        out_biz_no = number,
        trans_amount = amount,
        product_code = "TRANS_ACCOUNT_NO_PWD",
        biz_scene = "DIRECT_TRANSFER",
        order_title = "课程收入",
        payee_info = new { identity, identity_type = type, name },
        remark,
    };

    private Task<JsonElement> TransferAsync(string number, string amount, string identity = "13800000000", string name = "王老师", string type = "ALIPAY_LOGON_ID", string remark = "")
        => host.CallAsync("alipay.fund.trans.uni.transfer", Content(number, amount, identity, name, type, remark));

    private Task<JsonElement> AskAsync(string number)
        => host.CallAsync("alipay.fund.trans.common.query", new { out_biz_no = number, product_code = "TRANS_ACCOUNT_NO_PWD", biz_scene = "DIRECT_TRANSFER" });

    private async Task<string?> BalanceAsync() => Text(await host.CallAsync("alipay.data.bill.balance.query", new { }), "available_amount");
}

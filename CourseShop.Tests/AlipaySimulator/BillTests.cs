using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The clock begins at 19:00 of 20 November in Beijing; A1 costs ¥88.80.</summary>
public sealed class BillTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_bill_is_ready_at_nine_of_the_next_day()
    {
        await PayAndRefundAsync();

        Assert.Equal("BILL_NOT_EXIST", Text(await AskAsync(), "sub_code"));
        GoToNextMorning();
        host.Clock.Advance(TimeSpan.FromSeconds(-1));
        Assert.Equal("BILL_NOT_EXIST", Text(await AskAsync(), "sub_code"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("http://localhost/alipay-simulator/bill?", Text(await AskAsync(), "bill_download_url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Early_means_that_todays_bill_is_there_at_once()
    {
        await PayAndRefundAsync();
        host.Turn(Switch.BillEarly);

        Assert.Equal(2, Rows(await DetailsAsync(await AskAsync())).Length);
        Assert.Equal("BILL_NOT_EXIST", Text(await AskAsync(), "sub_code"));
    }

    [Fact]
    public async Task The_zip_holds_details_and_summary_as_Alipay_writes_them()
    {
        await PayAndRefundAsync();
        GoToNextMorning();

        using var zip = await ZipAsync(await AskAsync());
        var details = Read(zip.Entries[0]);

        Assert.Equal(["20880000000000010156_20261120_业务明细.csv", "20880000000000010156_20261120_业务明细(汇总).csv"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal($"""
            #支付宝业务明细查询
            #账号：[20880000000000010156]
            #起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]
            #-----------------------------------------业务明细列表----------------------------------------
            支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注
            {TradeNo(details)}T,A1T,交易T,Python 入门,2026-11-20 19:00:00,2026-11-20 19:00:00,T,T,T,T,*明(xia***@example.com),88.80,88.80,0.00,0.00,0.00,0.00,0.00,,0.00T,0.00,T,-0.53,0.00,
            {TradeNo(details)}T,A1T,退款T,Python 入门,2026-11-20 19:00:00,2026-11-20 19:01:00,T,T,T,T,*明(xia***@example.com),-30.00,-30.00,0.00,0.00,0.00,0.00,0.00,,0.00T,0.00,R1T,0.18,0.00,
            #-----------------------------------------业务明细列表结束------------------------------------
            #交易合计：1笔，商家实收共88.80元，商家优惠共0.00元
            #退款合计：1笔，商家实收退款共-30.00元，商家优惠退款共0.00元
            #导出时间：[2026年11月21日 09:00:00]

            """.Replace("T,", "\t,", StringComparison.Ordinal), details.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Contains("合计\t,\t,1,1,58.80,58.80\r\n", Read(zip.Entries[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_GBK_without_the_flag_of_UTF_8()
    {
        await PayAndRefundAsync();
        GoToNextMorning();

        var bytes = await DownloadAsync(await AskAsync());

        Assert.Equal(0, bytes[7] & 0x08); // general purpose flag, bit 11
        Assert.True(bytes.AsSpan().IndexOf(ShopSide.Gbk.GetBytes("业务明细")) > 0);
    }

    [Fact]
    public async Task Its_address_lives_for_thirty_seconds_and_can_not_be_made_up()
    {
        GoToNextMorning();
        var address = Text(await AskAsync(), "bill_download_url")!;

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await FetchAsync(address));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(address.Replace("20261120", "20261119", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, await FetchAsync("/alipay-simulator/bill"));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(address));
    }

    [Fact]
    public async Task A_day_without_trades_is_markers_alone_or_an_error()
    {
        GoToNextMorning();

        Assert.Empty(Rows(await DetailsAsync(await AskAsync())));
        host.Turn(Switch.BillEmptyIsAnError);
        Assert.Equal("NO_BILL_DATA", Text(await AskAsync(), "sub_code"));
    }

    [Theory]
    [InlineData("trade", "2026-11-21", "INVAILID_ARGUMENTS")]
    [InlineData("trade", "20261120", "INVAILID_ARGUMENTS")]
    [InlineData("trade", "", "INVAILID_ARGUMENTS")]
    [InlineData("other", "2026-11-19", "INVAILID_ARGUMENTS")]
    [InlineData("signcustomer", "2026-11-18", "BILL_NOT_EXIST")]
    [InlineData("trade", "2020-11-19", "BILL_NOT_EXIST")]
    [InlineData("trade", "2020-11-20", "")]
    public async Task Only_days_that_Alipay_keeps_have_a_bill(string type, string day, string code)
    {
        var answer = await host.CallAsync("alipay.data.dataservice.bill.downloadurl.query", new { bill_type = type, bill_date = day });

        Assert.Equal(code, answer.TryGetProperty("sub_code", out var said) ? said.GetString() : "");
    }

    [Fact]
    public async Task Movements_belong_to_the_day_on_which_they_happened()
    {
        await host.PayAsync("A1");
        host.Clock.Advance(TimeSpan.FromHours(5));
        await host.CallAsync("alipay.trade.refund", new { out_trade_no = "A1", out_request_no = "R1", refund_amount = "30.00" });
        host.Clock.Advance(TimeSpan.FromHours(33));

        Assert.Contains("交易", Assert.Single(Rows(await DetailsAsync(await AskAsync()))), StringComparison.Ordinal);
        Assert.Contains("退款", Assert.Single(Rows(await DetailsAsync(await AskAsync("2026-11-21")))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Switch.BillRowMissing, 1, "#退款合计：0笔，商家实收退款共0.00元")]
    [InlineData(Switch.BillStrangersRow, 3, "#交易合计：2笔，商家实收共101.14元")]
    [InlineData(Switch.BillOtherAmount, 2, "#交易合计：1笔，商家实收共88.81元")]
    [InlineData(Switch.BillRefundTwice, 3, "#退款合计：2笔，商家实收退款共-60.00元")]
    [InlineData(Switch.BillRefundsPositive, 2, "#退款合计：1笔，商家实收退款共30.00元")]
    public async Task A_bent_bill_adds_up_all_the_same(Switch which, int rows, string sum)
    {
        await PayAndRefundAsync();
        GoToNextMorning();
        host.Turn(which);

        var details = await DetailsAsync(await AskAsync());

        Assert.Equal(rows, Rows(details).Length);
        Assert.Contains(sum, details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_missing_or_arrive_by_half()
    {
        await PayAndRefundAsync();
        GoToNextMorning();
        host.Turn(Switch.BillMissing);
        host.Turn(Switch.BillCutOff);

        Assert.Equal("BILL_NOT_EXIST", Text(await AskAsync(), "sub_code"));
        var half = await DownloadAsync(await AskAsync());
        var whole = await DownloadAsync(await AskAsync());
        Assert.Equal(whole[..(whole.Length / 2)], half);
    }

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private static string Read(ZipArchiveEntry entry)
    {
        using var text = new StreamReader(entry.Open(), ShopSide.Gbk);
        return text.ReadToEnd();
    }

    private static string[] Rows(string details) => [.. details.Split("\r\n").Where(line => line.Length > 0 && line[0] != '#').Skip(1)];

    private static string TradeNo(string details) => Rows(details)[0][..28];

    private async Task PayAndRefundAsync()
    {
        await host.PayAsync("A1");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.CallAsync("alipay.trade.refund", new { out_trade_no = "A1", out_request_no = "R1", refund_amount = "30.00" });
    }

    private void GoToNextMorning() => host.Clock.Advance(new DateTimeOffset(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(8)) - host.Clock.GetUtcNow());

    private Task<JsonElement> AskAsync(string day = "2026-11-20") => host.CallAsync("alipay.data.dataservice.bill.downloadurl.query", new { bill_type = "trade", bill_date = day });

    private async Task<HttpStatusCode> FetchAsync(string address)
    {
        using var response = await host.Browser.GetAsync(address);
        return response.StatusCode;
    }

    private Task<byte[]> DownloadAsync(JsonElement answer) => host.Browser.GetByteArrayAsync(Text(answer, "bill_download_url"));

    private async Task<ZipArchive> ZipAsync(JsonElement answer) => new(new MemoryStream(await DownloadAsync(answer)), ZipArchiveMode.Read, leaveOpen: false, ShopSide.Gbk);

    private async Task<string> DetailsAsync(JsonElement answer)
    {
        using var zip = await ZipAsync(answer);
        return Read(zip.Entries[0]);
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayBillTests : IDisposable
{
    private const string Row = "2026030122001400001000000001\t,CS1\t,交易\t,课程,2026-03-01 09:05:30,2026-03-01 09:06:02,\t,\t,\t,\t,*三(159****5620),99.00,99.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,-0.59,0.00,";
    private const string Name = "20886219900000110156_20260301_业务明细.csv";

    private static readonly DateOnly Day = new(2026, 3, 1);
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
    private static readonly string Whole = Gbk.GetString(Vector("detail_gbk.csv"));

    private readonly AlipayDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task The_vectors_bill_is_read_as_it_was_meant()
    {
        var entries = await ReadAsync(Vector("trade_20260301.csv.zip"));

        var expected = Vectors.File("bill/expected.json");
        Assert.Equal(
            from row in expected.GetProperty("rows").EnumerateArray()
            select (row.Text("type"), row.Text("trade_no"), row.Text("out_trade_no"), row.Text("refund_request_no"), row.Text("amount").Trim('-'), row.Text("service_fee")),
            from entry in entries
            select (entry.Kind == BillEntryKind.Payment ? "交易" : "退款", entry.TradeNo, entry.OutTradeNo, entry.RefundNumber ?? "", entry.Amount.ToYuan(), (Money.Zero - entry.Fee).ToYuan()));
        Assert.Equal(expected.GetProperty("trade_count").GetInt32(), entries.Count(entry => entry.Kind == BillEntryKind.Payment));
        Assert.Equal(expected.GetProperty("refund_count").GetInt32(), entries.Count(entry => entry.Kind == BillEntryKind.Refund));
        Assert.All(entries, entry => Assert.Equal(new DateTimeOffset(2026, 3, 1, 1, 6, 2, TimeSpan.Zero), entry.At));
    }

    [Fact]
    public async Task The_details_alone_say_the_same() =>
        Assert.Equal(await ReadAsync(Vector("trade_20260301.csv.zip")), await ReadAsync(Zip((Name, Vector("detail_gbk.csv")))));

    [Fact]
    public async Task Refunds_may_be_written_without_a_minus()
    {
        var positive = Whole.Replace("-10.00", "10.00", StringComparison.Ordinal);

        Assert.Equal(await ReadTextAsync(Whole), await ReadTextAsync(positive));
    }

    [Fact]
    public async Task Commas_in_a_title_and_in_a_remark_are_no_borders()
    {
        var commas = Whole.Replace("Python 实战", "Python, C#, 2026-01-01 00:00:00, 实战", StringComparison.Ordinal).Replace("0.00,备注", "0.00,备注,还有,一个", StringComparison.Ordinal);

        Assert.Equal(await ReadTextAsync(Whole), await ReadTextAsync(commas));
    }

    [Fact]
    public async Task Columns_are_found_by_their_names()
    {
        var moved = string.Join("\r\n", Whole.Split("\r\n").Select(line => line.StartsWith('#') || line.Length == 0 ? line : $"{(line.StartsWith("支付宝交易号", StringComparison.Ordinal) ? "新的一列" : "x\t")},{line.Replace('（', '(').Replace('）', ')')}"));

        Assert.Equal(await ReadTextAsync(Whole), await ReadTextAsync(moved));
    }

    [Fact]
    public async Task Lines_may_end_with_a_line_feed_only() => Assert.Equal(await ReadTextAsync(Whole), await ReadTextAsync(Whole.Replace("\r\n", "\n", StringComparison.Ordinal)));

    [Fact]
    public async Task A_bill_cut_off_anywhere_is_refused()
    {
        var lastSum = Whole.IndexOf("#退款合计", StringComparison.Ordinal);
        var lastFact = Whole.IndexOf("元", lastSum, StringComparison.Ordinal);
        for (var length = 0; length <= lastFact; length += 7)
            await Assert.ThrowsAsync<BrokenBillException>(() => ReadTextAsync(Whole[..length]));
    }

    [Fact]
    public async Task A_zip_cut_off_anywhere_is_refused()
    {
        var zip = Vector("trade_20260301.csv.zip");
        for (var length = 0; length < zip.Length; length += 13)
            await Assert.ThrowsAsync<BrokenBillException>(() => ReadAsync(zip[..length]));
    }

    [Theory]
    [InlineData("交易合计：2笔", "交易合计：3笔", "Line 10 of the bill sums up 3 rows of 298.50, but there were 2 of 298.50.")]
    [InlineData("共298.50元", "共298.51元", "Line 10 of the bill sums up 2 rows of 298.51, but there were 2 of 298.50.")]
    [InlineData("退款共-10.00元", "退款共0.00元", "Line 11 of the bill sums up 1 rows of 0.00, but there were 1 of 10.00.")]
    [InlineData("交易合计：2笔", "交易合计：两笔", "Line 10 of the bill can't be read.")]
    [InlineData("退款\t", "充值\t", "Line 8 of the bill is of an unknown 业务类型.")]
    [InlineData("199.50", "1e3", "Line 7 of the bill holds something else than an amount of yuan.")]
    [InlineData("-1.20", "x", "Line 7 of the bill holds something else than an amount of yuan.")]
    [InlineData("2026030122001400001000000002\t", "\t", "Line 7 of the bill names no trade.")]
    [InlineData("商户订单号,", "", "Line 5 of the bill misses a column.")]
    [InlineData("[20886219900000110156]", "[20880000000000000156]", "Line 2 of the bill names somebody else's account.")]
    [InlineData("2026年03月01日", "2026年03月02日", "Line 3 of the bill names another day than 2026-03-01.")]
    [InlineData("#支付宝业务明细查询", "#支付宝业务汇总查询", "Line 1 of the bill isn't how a bill of Alipay's begins.")]
    public async Task What_contradicts_itself_or_makes_no_sense_is_refused_with_its_line(string was, string becomes, string sentence)
    {
        var broken = await Assert.ThrowsAsync<BrokenBillException>(() => ReadTextAsync(Whole.Replace(was, becomes, StringComparison.Ordinal)));

        Assert.Equal(sentence, broken.Message);
    }

    [Fact]
    public async Task A_row_behind_the_end_is_refused() =>
        Assert.Equal("Line 13 of the bill stands behind the end.", (await Assert.ThrowsAsync<BrokenBillException>(() => ReadTextAsync(Whole + Row))).Message);

    [Fact]
    public async Task Markers_alone_are_an_empty_bill()
    {
        var lines = Whole.Split("\r\n");

        Assert.Empty(await ReadTextAsync(string.Join("\r\n", lines[..5].Concat(lines[8..9]))));
        Assert.Empty(await ReadTextAsync(string.Join("\r\n", lines[..4].Concat(lines[8..9]))));
    }

    [Fact]
    public async Task Names_in_the_zip_are_never_paths()
    {
        var target = Path.Combine(Path.GetTempPath(), $"zip-slip-{Guid.NewGuid():N}.csv");

        var entries = await ReadAsync(Zip(($"../../../../../../..{target}", Vector("detail_gbk.csv"))));

        Assert.Equal(3, entries.Count);
        Assert.False(File.Exists(target));
    }

    [Fact]
    public async Task A_zip_with_no_details_with_two_or_with_many_files_is_refused()
    {
        var details = Vector("detail_gbk.csv");

        Assert.Contains("0 files", await RefusalAsync(Zip(("业务明细(汇总).csv", details))), StringComparison.Ordinal);
        Assert.Contains("2 files", await RefusalAsync(Zip((Name, details), ("another.csv", details))), StringComparison.Ordinal);
        Assert.Contains("more than 10", await RefusalAsync(Zip([.. Enumerable.Range(0, 11).Select(i => ($"{i}.txt", details))])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_that_unpacks_to_very_much_is_given_up()
    {
        var bomb = Whole[..Whole.IndexOf("20260301220014", StringComparison.Ordinal)] + string.Concat(Enumerable.Repeat("#\n", 5_000_000));
        var endless = Whole + new string('x', 100_000);

        Assert.Contains("100 times", await RefusalAsync(Zip((Name, Gbk.GetBytes(bomb)))), StringComparison.Ordinal);
        Assert.Contains("characters", await RefusalAsync(Zip((Name, Gbk.GetBytes(endless)))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_bill_is_a_stream_of_rows()
    {
        const int rows = 200_000;
        await using var bill = await GetAsync(Zip((Name, Gbk.GetBytes(LongText(rows)))));

        var (count, sum) = (0, 0L);
        await foreach (var entry in bill.ReadAsync(CancellationToken.None))
            (count, sum) = (count + 1, sum + entry.Amount.Fen);

        Assert.Equal((rows, rows * 9_900L), (count, sum));
    }

    [Fact]
    public async Task Rows_are_told_before_the_end_is_known()
    {
        await using var bill = await GetAsync(Zip((Name, Gbk.GetBytes(LongText(10_000).Replace("合计：10000", "合计：10001", StringComparison.Ordinal)))));

        var told = 0;
        var broken = await Assert.ThrowsAsync<BrokenBillException>(async () =>
        {
            await foreach (var entry in bill.ReadAsync(CancellationToken.None))
                told++;
        });

        Assert.Equal(10_000, told);
        Assert.Contains("sums up 10001 rows", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_is_read_once()
    {
        await using var bill = await GetAsync(Vector("trade_20260301.csv.zip"));
        await DrainAsync(bill);

        await Assert.ThrowsAsync<InvalidOperationException>(() => DrainAsync(bill));
    }

    [Fact]
    public async Task A_bill_lets_go_of_its_file()
    {
        var zip = new MemoryStream(Vector("trade_20260301.csv.zip"));
        await using (var bill = new AlipayBill(zip, Day, FakeAlipay.SellerId))
            Assert.Equal(3, (await DrainAsync(bill)).Count);

        Assert.False(zip.CanRead);
    }

    private static byte[] Vector(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payments", "Alipay", "Vectors", "bill", name));

    private static string LongText(int rows)
    {
        var text = new StringBuilder(Whole[..Whole.IndexOf("20260301220014", StringComparison.Ordinal)]);
        for (var row = 0; row < rows; row++)
            text.Append(Row.Replace("CS1", $"CS{row * 7919}", StringComparison.Ordinal)).Append("\r\n");
        return text.Append(CultureInfo.InvariantCulture, $"#----业务明细列表结束----\r\n#交易合计：{rows}笔，商家实收共{Money.Yuan(99L * rows).ToYuan()}元\r\n#退款合计：0笔，商家实收退款共0.00元\r\n").ToString();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true, Gbk))
        {
            foreach (var (name, content) in files)
            {
                using var file = archive.CreateEntry(name).Open();
                file.Write(content);
            }
        }
        return zip.ToArray();
    }

    private static async Task<List<BillEntry>> DrainAsync(GatewayBill bill)
    {
        var entries = new List<BillEntry>();
        await foreach (var entry in bill.ReadAsync(CancellationToken.None))
            entries.Add(entry);
        return entries;
    }

    private async Task<GatewayBill> GetAsync(byte[] zip)
    {
        desk.Alipay.Bills["2026-03-01"] = zip;
        return (await desk.Payments.BillAsync(Day, CancellationToken.None)).Value!;
    }

    private async Task<List<BillEntry>> ReadAsync(byte[] zip)
    {
        await using var bill = await GetAsync(zip);
        return await DrainAsync(bill);
    }

    private Task<List<BillEntry>> ReadTextAsync(string text) => ReadAsync(Zip((Name, Gbk.GetBytes(text))));

    private async Task<string> RefusalAsync(byte[] zip) => (await Assert.ThrowsAsync<BrokenBillException>(() => ReadAsync(zip))).Message;
}

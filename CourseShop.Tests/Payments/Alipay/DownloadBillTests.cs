using CourseShop.Payments;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class DownloadBillTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private readonly AlipayDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task The_bill_is_asked_for_by_its_day_and_fetched_at_once()
    {
        desk.Alipay.Bills["2026-03-01"] = [1];

        await using var bill = (await GetAsync()).Value!;

        var asked = desk.Alipay.Contents.Single();
        Assert.Equal(("trade", "2026-03-01"), (asked["bill_type"], asked["bill_date"]));
        Assert.Equal("https://dwbillcenter.alipay.com/downloadBillFile.resource?bizDates=2026-03-01", desk.Alipay.Downloads.Single().AbsoluteUri);
    }

    [Fact]
    public async Task A_day_without_a_bill_is_told_apart() =>
        Assert.Equal(new(GatewayVerdict.No, Refusal: GatewayRefusal.NoBill, Code: "BILL_NOT_EXIST"), await GetAsync());

    [Fact]
    public async Task A_day_without_movements_is_an_empty_bill()
    {
        Say("40004", "NO_BILL_DATA");

        await using var bill = (await GetAsync()).Value!;

        await foreach (var entry in bill.ReadAsync(CancellationToken.None))
            Assert.Fail($"{entry} in an empty bill");
    }

    [Theory]
    [InlineData("INVAILID_ARGUMENTS", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("SYSTEM_RATE_LIMIT", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("USER_RATE_LIMIT", GatewayVerdict.No, GatewayRefusal.Other)]
    [InlineData("SYSTEM_ERROR", GatewayVerdict.Unknown, GatewayRefusal.None)]
    public async Task Other_codes_mean_no_or_unknown(string code, GatewayVerdict verdict, GatewayRefusal refusal)
    {
        Say("40004", code);

        Assert.Equal(new(verdict, Refusal: refusal, Code: code), await GetAsync());
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest?d=")]
    [InlineData("https://evil.test/bill?d=")]
    public async Task Nothing_is_fetched_from_a_host_that_is_not_Alipays(string address)
    {
        desk.Alipay.Bills["2026-03-01"] = [1];
        desk.Alipay.BillAddress = address;

        Assert.Equal(new(GatewayVerdict.Unknown, Code: "bill_download_url is not Alipay's"), await GetAsync());
        Assert.Empty(desk.Alipay.Downloads);
    }

    [Fact]
    public async Task No_redirect_is_followed_and_a_dead_address_is_unknown()
    {
        desk.Alipay.Bills["2026-03-01"] = [1];
        (desk.Alipay.Mood, desk.Alipay.MoodIsFor) = (AlipayMood.Redirecting, "none");

        Assert.Equal("http 302", (await GetAsync()).Code);
        Assert.Single(desk.Alipay.Downloads);
        desk.Alipay.Mood = AlipayMood.Well;
        desk.Alipay.BillAddress += "dead&d=gone=";
        desk.Alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "10000", ["bill_download_url"] = "https://dwbillcenter.alipay.com/x?d=dead" };
        Assert.Equal(new(GatewayVerdict.Unknown, Code: "http 404"), await GetAsync());
    }

    [Fact]
    public async Task A_bill_without_an_end_is_given_up()
    {
        desk.Alipay.Bills["2026-03-01"] = new byte[(64 * 1024 * 1024) + 1];

        Assert.Equal(new(GatewayVerdict.Unknown, Code: "longer than 67108864 bytes"), await GetAsync());
    }

    [Fact]
    public async Task A_yes_without_an_address_is_unknown()
    {
        Say("10000", "");

        Assert.Equal(GatewayVerdict.Unknown, (await GetAsync()).Verdict);
    }

    private Task<GatewayAnswer<GatewayBill>> GetAsync() => desk.Payments.BillAsync(Day, CancellationToken.None);

    private void Say(string code, string subCode) => desk.Alipay.Script = (_, _) => new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["sub_code"] = subCode };
}

using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Payments;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The shop's client and the simulator meet over money that is undone, paid out and billed.</summary>
public sealed class MoneyAndSimulatorTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private MeetingPlace place = null!;

    public async Task InitializeAsync() => place = await MeetingPlace.OpenAsync();

    public async Task DisposeAsync() => await place.DisposeAsync();

    [Fact]
    public async Task They_agree_on_cancelling()
    {
        await place.OpenCashierAsync("OPEN");
        await place.PayAsync("PAID");

        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.Closed), await CancelAsync("OPEN"));
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.Refunded), await CancelAsync("PAID"));
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.NotFound), await CancelAsync("NONE"));
        Assert.Equal((GatewayTradeStatus.Closed, true), ((await place.QueryAsync("PAID")).Status, (await place.QueryAsync("PAID")).WasPaid));
    }

    [Fact]
    public async Task A_cancelling_of_unknown_result_is_asked_for_again()
    {
        await place.PayAsync("A1");
        place.Host.Turn(Switch.CancelUnknown);

        Assert.Equal(GatewayVerdict.Unknown, (await CancelAsync("A1")).Verdict);
        Assert.Equal(new(GatewayVerdict.Yes, CancelledTrade.Refunded), await CancelAsync("A1"));
    }

    [Fact]
    public async Task They_agree_on_transfers_and_the_balance()
    {
        var done = await TransferAsync(1_000);
        var differs = await TransferAsync(1_001);
        var unknown = await place.Payouts.QueryTransferAsync("W2", CancellationToken.None);
        var tooMuch = await place.Payouts.TransferAsync(new("W3", Money.Yuan(200_000), new(PayeeKind.UserId, "2088100000000011", null), "收入", "备注"), CancellationToken.None);
        var nobody = await place.Payouts.TransferAsync(new("W4", Money.Yuan(1), new(PayeeKind.SignInName, "nobody", "无名"), "收入"), CancellationToken.None);

        Assert.Equal((TransferStatus.Done, (DateTimeOffset?)place.Host.Clock.GetUtcNow()), (done.Value!.Status, done.Value.At));
        Assert.Equal([GatewayRefusal.TransferDiffers, GatewayRefusal.TransferNotExist, GatewayRefusal.SellerBalanceNotEnough, GatewayRefusal.PayeeWrong], [differs.Refusal, unknown.Refusal, tooMuch.Refusal, nobody.Refusal]);
        Assert.Equal(new(GatewayVerdict.Yes, new(Money.Yuan(99_990), Money.Yuan(99_990), Money.Zero)), await place.Payouts.BalanceAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(Switch.TransferUnknown, true)]
    [InlineData(Switch.TransferUnheard, true)]
    [InlineData(Switch.TransferDenied, true)]
    [InlineData(Switch.AnswerTruncated, true)]
    [InlineData(Switch.TransferNotDone, false)]
    [InlineData(Switch.GatewayDown, false)]
    public async Task An_unknown_transfer_is_known_by_asking_and_by_sending_it_again(Switch which, bool isDone)
    {
        place.Host.Turn(which);

        var unknown = await place.WaitingAsync(TransferAsync(1_000));
        var asked = await place.Payouts.QueryTransferAsync("W1", CancellationToken.None);
        var again = await TransferAsync(1_000);

        Assert.Equal(GatewayVerdict.Unknown, unknown.Verdict);
        Assert.Equal(isDone ? GatewayRefusal.None : GatewayRefusal.TransferNotExist, asked.Refusal);
        Assert.Equal(TransferStatus.Done, again.Value!.Status);
        Assert.Equal(Money.Yuan(99_990), (await place.Payouts.BalanceAsync(CancellationToken.None)).Value!.Available);
    }

    [Theory]
    [InlineData(Switch.TransferDealing, TransferStatus.Done)]
    [InlineData(Switch.TransferFails, TransferStatus.Failed)]
    public async Task A_transfer_under_way_ends_well_or_badly(Switch which, TransferStatus end)
    {
        place.Host.Turn(which);

        Assert.Equal(TransferStatus.UnderWay, (await TransferAsync(1_000)).Value!.Status);
        Assert.Equal(end, (await place.Payouts.QueryTransferAsync("W1", CancellationToken.None)).Value!.Status);
    }

    [Fact]
    public async Task They_agree_on_a_bill()
    {
        var trade = await place.PayAsync("A1", "Python, 入门 😀");
        await place.RefundAsync(trade, "R1", 3_000);
        place.Host.Turn(Switch.BillEarly);

        var entries = await BillAsync();

        Assert.Equal(
        [
            new(BillEntryKind.Payment, trade.TradeNo, "A1", null, new(8_880), new(53), trade.PaidAt!.Value),
            new(BillEntryKind.Refund, trade.TradeNo, "A1", "R1", new(3_000), new(-18), trade.PaidAt.Value),
        ], entries);
    }

    [Theory]
    [InlineData(Switch.BillRefundsPositive, "8880 3000")]
    [InlineData(Switch.BillRowMissing, "8880")]
    [InlineData(Switch.BillStrangersRow, "8880 3000 1234")]
    [InlineData(Switch.BillOtherAmount, "8881 3000")]
    [InlineData(Switch.BillRefundTwice, "8880 3000 3000")]
    public async Task A_bent_bill_is_whole_and_says_something_else(Switch which, string amounts)
    {
        await place.RefundAsync(await place.PayAsync("A1"), "R1", 3_000);
        place.Host.Turn(Switch.BillEarly);
        place.Host.Turn(which);

        Assert.Equal(amounts, string.Join(' ', (await BillAsync()).Select(entry => entry.Amount.Fen)));
    }

    [Fact]
    public async Task A_bill_that_is_not_there_that_is_empty_and_that_is_cut_off_are_told_apart()
    {
        Assert.Equal(GatewayRefusal.NoBill, (await place.Payments.BillAsync(Today, CancellationToken.None)).Refusal);
        place.Host.Turn(Switch.BillEarly, SwitchState.UntilOff);
        Assert.Empty(await BillAsync());
        place.Host.Turn(Switch.BillEmptyIsAnError);
        Assert.Empty(await BillAsync());
        place.Host.Turn(Switch.BillCutOff);
        await Assert.ThrowsAsync<BrokenBillException>(BillAsync);
    }

    private Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo) => place.Payments.CancelAsync(outTradeNo, CancellationToken.None);

    private Task<GatewayAnswer<GatewayTransfer>> TransferAsync(long fen)
        => place.Payouts.TransferAsync(new("W1", new(fen), new(PayeeKind.SignInName, "13800000000", "王老师"), "课程收入"), CancellationToken.None);

    private async Task<List<BillEntry>> BillAsync()
    {
        var entries = new List<BillEntry>();
        await using var bill = (await place.Payments.BillAsync(Today, CancellationToken.None)).Value!;
        await foreach (var entry in bill.ReadAsync(CancellationToken.None))
            entries.Add(entry);
        return entries;
    }
}

using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments.Reconciling;

/// <summary>What a comparison finds, and what it doesn't.</summary>
public sealed class BillComparisonTests : IDisposable
{
    private readonly ReconciledDay _day = new();

    public void Dispose() => _day.Dispose();

    [Fact]
    public async Task A_day_on_which_both_sides_tell_the_same_is_clean_and_its_sums_are_equal()
    {
        var first = await _day.PaidAsync();
        await _day.PaidAsync(_day.At(13));
        var refund = await _day.RefundAsync(first, new Money(500), _day.At(14));
        _day.Bills.Add(FakeBills.Refund(first.TradeNo, first.OutTradeNo, refund, new Money(500), _day.At(14)));
        await _day.TomorrowAsync();

        var state = await _day.RunAsync();

        var run = await _day.CurrentAsync();
        Assert.Equal(ReconciliationState.Clean, state);
        Assert.Empty(await _day.DifferencesAsync());
        Assert.Equal((2, 1, new Money(500), 3), (run.Bill.Payments, run.Bill.Refunds, run.Bill.Refunded, run.RowsRead));
        Assert.Equal(run.Books, run.Bill with { Fees = Money.Zero });
        Assert.Equal(run.Bill.Received - run.Bill.Refunded - run.Bill.Fees, run.Bill.Net);
    }

    [Fact]
    public async Task An_empty_bill_and_no_money_here_is_clean()
    {
        _day.Bills.AddTo(_day.Day);
        await _day.TomorrowAsync();

        Assert.Equal(ReconciliationState.Clean, await _day.RunAsync());
        Assert.Equal((DaySums.None, DaySums.None), ((await _day.CurrentAsync()).Bill, (await _day.CurrentAsync()).Books));
    }

    [Fact]
    public async Task Missing_here_money_of_an_attempt_of_ours_can_be_asked_for_and_settled()
    {
        var lost = await _day.OpenedAsync();
        _day.Bills.Add(FakeBills.Payment(lost.TradeNo, lost.OutTradeNo, lost.Amount, _day.At(13)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.MissingHere, DifferenceAction.Settle), (found.Kind, found.Action));
        Assert.Equal((lost.TradeNo, lost.OutTradeNo, lost.OutTradeNo), (found.TradeNo, found.OutTradeNo, found.PurposeNumber));
        Assert.Equal((lost.Amount, _day.At(13), PaymentStatus.Opened), (found.BillAmount, found.BillAt, found.OurStatus));
    }

    [Fact]
    public async Task Missing_here_money_of_a_number_that_is_not_ours_is_only_shown()
    {
        _day.Bills.Add(FakeBills.Payment("2026000000000000000000009999", "ANOTHER-SHOP-1", Money.Yuan(9), _day.At(13)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.MissingHere, DifferenceAction.None, (Money?)null), (found.Kind, found.Action, found.OurAmount));
    }

    [Fact]
    public async Task Missing_there_money_that_the_books_have_can_be_asked_about()
    {
        var paid = await _day.PaidAsync(inBill: false);
        _day.Bills.AddTo(_day.Day);

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.MissingThere, DifferenceAction.AskTrade), (found.Kind, found.Action));
        Assert.Equal((paid.TradeNo, (Money?)null, paid.Amount, PaymentStatus.Settled), (found.TradeNo, found.BillAmount, found.OurAmount, found.OurStatus));
    }

    [Fact]
    public async Task Another_amount_is_found_and_nothing_can_be_pressed()
    {
        var paid = await _day.PaidAsync(inBill: false);
        _day.Bills.Add(FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount - new Money(1), _day.Now));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.Amount, DifferenceAction.None), (found.Kind, found.Action));
        Assert.Equal((paid.Amount - new Money(1), paid.Amount), (found.BillAmount, found.OurAmount));
    }

    [Fact]
    public async Task An_attempt_that_is_closed_here_and_paid_by_the_bill_is_in_another_state()
    {
        var closed = await _day.OpenedAsync();
        _day.Shop.Clock.Advance(TimeSpan.FromMinutes(20));
        await _day.Shop.SweepAsync();
        _day.Bills.Add(FakeBills.Payment(closed.TradeNo, closed.OutTradeNo, closed.Amount, _day.At(13)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.State, DifferenceAction.Settle, PaymentStatus.Closed), (found.Kind, found.Action, found.OurStatus));
    }

    [Fact]
    public async Task A_sale_that_stands_here_and_went_back_whole_by_the_bill_is_in_another_state_and_nothing_can_be_pressed()
    {
        var paid = await _day.PaidAsync();
        _day.Bills.Add(FakeBills.Refund(paid.TradeNo, paid.OutTradeNo, "BY-HAND", paid.Amount, _day.At(15)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.State, DifferenceAction.None, PaymentStatus.Settled, "BY-HAND"), (found.Kind, found.Action, found.OurStatus, found.RefundNumber));
    }

    [Fact]
    public async Task A_trade_that_bears_another_number_of_ours_is_found()
    {
        var paid = await _day.PaidAsync(inBill: false);
        _day.Bills.Add(FakeBills.Payment(paid.TradeNo, paid.OutTradeNo + "_9", paid.Amount, _day.Now));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.State, DifferenceAction.None, paid.OutTradeNo + "_9", paid.OutTradeNo), (found.Kind, found.Action, found.OutTradeNo, found.OurOutTradeNo));
    }

    [Fact]
    public async Task Paid_twice_is_found_where_the_second_trade_is_not_known_here()
    {
        var paid = await _day.PaidAsync();
        _day.Bills.Add(FakeBills.Payment("2026000000000000000000000002", paid.OutTradeNo, paid.Amount, _day.At(13)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.PaidTwice, DifferenceAction.Settle, "2026000000000000000000000002"), (found.Kind, found.Action, found.TradeNo));
    }

    [Fact]
    public async Task Of_two_trades_that_are_both_unknown_the_later_one_is_the_second()
    {
        var lost = await _day.OpenedAsync();
        _day.Bills.Add(FakeBills.Payment("trade-late", lost.OutTradeNo, lost.Amount, _day.At(13, 1)));
        _day.Bills.Add(FakeBills.Payment("trade-early", lost.OutTradeNo, lost.Amount, _day.At(13)));
        await _day.TomorrowAsync();

        await _day.RunAsync();

        Assert.Equal([("trade-early", DifferenceKind.MissingHere), ("trade-late", DifferenceKind.PaidTwice)],
            (await _day.DifferencesAsync()).Select(found => (found.TradeNo, found.Kind)).OrderBy(found => found.TradeNo, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_payment_that_the_shop_knows_and_sends_back_is_no_difference()
    {
        var paid = await _day.PaidAsync();
        await _day.SettleAsync(paid, _day.At(13), tradeNo: "trade-two");
        _day.Bills.Add(FakeBills.Payment("trade-two", paid.OutTradeNo, paid.Amount, _day.At(13)));
        await _day.TomorrowAsync();

        Assert.Equal(ReconciliationState.Clean, await _day.RunAsync());
    }

    [Fact]
    public async Task A_refund_that_the_books_know_nothing_of_is_found()
    {
        var paid = await _day.PaidAsync();
        _day.Bills.Add(FakeBills.Refund(paid.TradeNo, paid.OutTradeNo, "BY-HAND", Money.Yuan(1), _day.At(15)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.Refund, DifferenceAction.None, Money.Yuan(1), (Money?)null), (found.Kind, found.Action, found.BillAmount, found.OurAmount));
    }

    [Fact]
    public async Task A_refund_that_was_made_before_its_payment_was_known_is_none()
    {
        var lost = await _day.OpenedAsync();
        await _day.Shop.Service<SettlePayment>().RunAsync(new GatewayTrade(lost.OutTradeNo, lost.TradeNo, GatewayTradeStatus.Paid, lost.Amount, Money.Yuan(10), null, _day.Now), CancellationToken.None);
        _day.Bills.Add(FakeBills.Payment(lost.TradeNo, lost.OutTradeNo, lost.Amount, _day.Now));
        _day.Bills.Add(FakeBills.Refund(lost.TradeNo, lost.OutTradeNo, "BY-HAND", Money.Yuan(10), _day.Now));
        await _day.TomorrowAsync();

        Assert.Equal(ReconciliationState.Clean, await _day.RunAsync());
    }

    [Fact]
    public async Task A_refund_that_is_done_here_and_stands_in_no_bill_is_found()
    {
        var paid = await _day.PaidAsync();
        var number = await _day.RefundAsync(paid, Money.Yuan(1), _day.At(15));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.Refund, DifferenceAction.AskRefund, number), (found.Kind, found.Action, found.RefundNumber));
        Assert.Equal(((Money?)null, Money.Yuan(1), RefundStatus.Done), (found.BillAmount, found.OurAmount, found.OurRefundStatus));
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public async Task A_refund_of_another_amount_or_one_that_is_open_here_is_found(long fen, bool isDone)
    {
        var paid = await _day.PaidAsync();
        var number = await _day.RefundAsync(paid, Money.Yuan(1), isDone ? _day.At(15) : null);
        _day.Bills.Add(FakeBills.Refund(paid.TradeNo, paid.OutTradeNo, number, new Money(fen), _day.At(15)));

        var found = await _day.TheOneDifferenceAsync();

        Assert.Equal((DifferenceKind.Refund, DifferenceAction.AskRefund), (found.Kind, found.Action));
        Assert.Equal((new Money(fen), Money.Yuan(1), isDone ? RefundStatus.Done : RefundStatus.Open), (found.BillAmount, found.OurAmount, found.OurRefundStatus));
    }

    [Fact]
    public async Task A_payment_of_the_last_second_that_is_learned_of_the_next_day_belongs_to_the_day_it_was_paid_on()
    {
        var paid = await _day.OpenedAsync();
        _day.Bills.Add(FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount, _day.At(23, 59, 59)));
        _day.Bills.AddTo(_day.Day.AddDays(1));
        await _day.GoToAsync(_day.At(24, 0, 5));
        await _day.SettleAsync(paid, _day.At(23, 59, 59));
        await _day.GoToAsync(_day.At(24 + 24 + 10));

        Assert.Equal([ReconciliationState.Clean, ReconciliationState.Clean], [await _day.RunAsync(), await _day.RunAsync(_day.Day.AddDays(1))]);
        Assert.Equal((1, 0), ((await _day.CurrentAsync()).Books.Payments, (await _day.CurrentAsync(_day.Day.AddDays(1))).Books.Payments));
    }

    [Fact]
    public async Task A_payment_whose_time_was_never_told_is_looked_for_in_the_bill_of_the_day_before()
    {
        var paid = await _day.OpenedAsync();
        _day.Bills.Add(FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount, _day.At(23, 59, 59)));
        _day.Bills.AddTo(_day.Day.AddDays(1));
        await _day.GoToAsync(_day.At(24, 0, 5));
        await _day.SettleAsync(paid, null);
        await _day.GoToAsync(_day.At(24 + 24 + 10));

        Assert.Equal([ReconciliationState.Clean, ReconciliationState.Clean], [await _day.RunAsync(), await _day.RunAsync(_day.Day.AddDays(1))]);
    }

    [Fact]
    public async Task A_refund_before_midnight_that_is_noted_after_it_is_found_in_the_bill_of_the_day_before()
    {
        var paid = await _day.PaidAsync();
        var number = await _day.RefundAsync(paid, Money.Yuan(1), _day.At(24, 0, 3));
        _day.Bills.Add(FakeBills.Refund(paid.TradeNo, paid.OutTradeNo, number, Money.Yuan(1), _day.At(23, 59, 58)));
        _day.Bills.AddTo(_day.Day.AddDays(1));
        await _day.GoToAsync(_day.At(24 + 24 + 10));

        Assert.Equal([ReconciliationState.Clean, ReconciliationState.Clean], [await _day.RunAsync(), await _day.RunAsync(_day.Day.AddDays(1))]);
    }

    [Fact]
    public async Task What_is_missing_there_is_cleared_up_by_the_bill_of_the_next_day()
    {
        var paid = await _day.PaidAsync(_day.At(23, 59, 59), inBill: false);
        var number = await _day.RefundAsync(paid, Money.Yuan(1), _day.At(23, 59, 59));
        var other = await _day.PaidAsync(_day.At(20), inBill: false);
        _day.Bills.AddTo(_day.Day);
        _day.Bills.AddTo(_day.Day.AddDays(1),
            FakeBills.Payment(paid.TradeNo, paid.OutTradeNo, paid.Amount, _day.At(24)), FakeBills.Refund(paid.TradeNo, paid.OutTradeNo, number, Money.Yuan(1), _day.At(24)));
        await _day.TomorrowAsync();
        await _day.RunAsync();
        var before = await _day.DifferencesAsync();
        await _day.GoToAsync(_day.At(24 + 24 + 10));

        var next = await _day.RunAsync(_day.Day.AddDays(1));

        Assert.Equal((3, ReconciliationState.Clean), (before.Count(found => found.IsOpen), next));
        Assert.Equal([other.TradeNo], (await _day.DifferencesAsync()).Where(found => found.IsOpen).Select(found => found.TradeNo));
        Assert.All((await _day.DifferencesAsync()).Where(found => found.TradeNo == paid.TradeNo), found => Assert.Equal(DifferenceEnding.FoundBeside, found.Ending));
    }
}

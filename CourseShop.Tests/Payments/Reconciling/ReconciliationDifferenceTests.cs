using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;

namespace CourseShop.Tests.Payments.Reconciling;

public sealed class ReconciliationDifferenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(DifferenceKind.MissingHere, PaymentStatus.Opened, DifferenceAction.Settle)]
    [InlineData(DifferenceKind.MissingHere, null, DifferenceAction.None)]
    [InlineData(DifferenceKind.PaidTwice, PaymentStatus.Settled, DifferenceAction.Settle)]
    [InlineData(DifferenceKind.PaidTwice, null, DifferenceAction.None)]
    [InlineData(DifferenceKind.State, PaymentStatus.Closed, DifferenceAction.Settle)]
    [InlineData(DifferenceKind.State, PaymentStatus.Settled, DifferenceAction.None)]
    [InlineData(DifferenceKind.MissingThere, PaymentStatus.Settled, DifferenceAction.AskTrade)]
    [InlineData(DifferenceKind.Amount, PaymentStatus.Settled, DifferenceAction.None)]
    [InlineData(DifferenceKind.Refund, PaymentStatus.Settled, DifferenceAction.None)]
    public void There_is_one_safe_thing_to_press_or_nothing(DifferenceKind kind, PaymentStatus? ours, DifferenceAction action) =>
        Assert.Equal(action, Of(kind, ours).Action);

    [Fact]
    public void A_refund_of_ours_can_be_asked_about() => Assert.Equal(DifferenceAction.AskRefund, Of(DifferenceKind.Refund, PaymentStatus.Settled, RefundStatus.Done).Action);

    [Fact]
    public void Only_booked_money_clears_it_up_among_what_the_gateway_may_say()
    {
        foreach (var answer in Enum.GetValues<DifferenceAnswer>())
        {
            var difference = Of(DifferenceKind.MissingHere, PaymentStatus.Opened);

            difference.Hear(answer, 7, Now);

            Assert.Equal((answer != DifferenceAnswer.Booked, answer), (difference.IsOpen, difference.Answer));
        }
    }

    [Fact]
    public void A_persons_word_is_given_once_and_holds_only_for_the_same_facts()
    {
        var (before, same, other) = (Of(DifferenceKind.Amount, PaymentStatus.Settled), Of(DifferenceKind.Amount, PaymentStatus.Settled), Of(DifferenceKind.Amount, PaymentStatus.Held));
        Assert.Throws<InvalidOperationException>(() => same.Inherit(before));
        before.Verify("查过了", 7, Now);

        same.Inherit(before);

        Assert.Equal((DifferenceEnding.Verified, 7L, "查过了"), (same.Ending, same.EndedBy, same.Note));
        Assert.Throws<InvalidOperationException>(() => other.Inherit(before));
        Assert.Throws<InvalidOperationException>(() => before.Verify("又查过了", 8, Now));
    }

    [Fact]
    public void A_refund_in_a_bill_without_a_number_goes_by_its_trades()
    {
        var line = BillLine.Of(1, 3, new BillEntry(BillEntryKind.Refund, "t", "o", null, Money.Yuan(1), Money.Zero, Now));
        var payment = BillLine.Of(1, 4, new BillEntry(BillEntryKind.Payment, "t", "o", null, Money.Yuan(1), new Money(-1), Now));

        Assert.Equal(("o", 3, ""), (line.RefundNumber, line.Position, payment.RefundNumber));
    }

    private static ReconciliationDifference Of(DifferenceKind kind, PaymentStatus? ours, RefundStatus? refund = null) => ReconciliationDifference.Of(1,
        new FoundDifference((int)kind, "t", "o", refund is null ? "" : "r", 100, 0, ours is null ? null : 99, 0, (int?)ours, (int?)refund, "o", "n"));
}

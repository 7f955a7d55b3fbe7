using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

/// <summary>A day before today with a difference of every kind, one of them cleared up: for tests that look at pages.</summary>
public static class PlantedDay
{
    public static async Task<string> InAsync(ShopHost shop)
    {
        var now = shop.Clock.Now;
        var run = Reconciliation.Ask(PaymentChannel.Alipay, now.BeijingDay().AddDays(-1), null, now);
        run.Begin(now);
        await shop.WriteAsync(db => db.AddAsync(run).AsTask());
        await shop.WriteAsync(async db =>
        {
            var begun = await db.Reconciliations.SingleAsync(begun => begun.Id == run.Id);
            begun.Finish(new(6, Money.Yuan(1_204), 1, Money.Yuan(88), new Money(722)), new(5, Money.Yuan(1_105), 1, Money.Yuan(80), Money.Zero), false, now);
            var differences = Enum.GetValues<DifferenceKind>().Select(kind => Of(run.Id, kind, now)).ToList();
            differences[0].Hear(DifferenceAnswer.NoAnswer, 1, now);
            differences[2].Verify("商家红包一分钱，已和支付宝客服核对", 1, now);
            db.AddRange(differences);
        });
        return $"{run.Day:yyyy-MM-dd}";
    }

    private static ReconciliationDifference Of(long run, DifferenceKind kind, DateTimeOffset now) => ReconciliationDifference.Of(run, new FoundDifference(
        (int)kind, $"20261125220014{(int)kind:00000000000000}", $"2026112512345678{(int)kind:00000000}", kind == DifferenceKind.Refund ? "R202611250123456789012345" : "",
        kind == DifferenceKind.MissingThere ? null : 9_900, now.AddDays(-1).ToUnixTimeMilliseconds(),
        kind == DifferenceKind.MissingHere ? null : 9_901, now.AddDays(-1).ToUnixTimeMilliseconds(),
        kind == DifferenceKind.MissingHere ? null : (int)PaymentStatus.Settled, kind == DifferenceKind.Refund ? (int)RefundStatus.Open : null, "20261125123456780", null));
}

using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>What came in on one day.</summary>
/// <param name="Day">Days since 1970-01-01, by Beijing's calendar.</param>
/// <param name="Fen">The sum, in fen.</param>
/// <param name="Count">How many payments.</param>
public sealed record DayTakings(long Day, long Fen, int Count)
{
    /// <summary>The sum.</summary>
    public Money Amount => new(Fen);

    /// <summary>Beijing's calendar day.</summary>
    public DateOnly Date => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)Day);
}

/// <summary>Named queries over payments and notifications.</summary>
public static class PaymentScopes
{
    /// <summary>The attempts to pay one thing, first one first.</summary>
    public static IQueryable<Payment> Of(this IQueryable<Payment> payments, PaymentPurpose purpose, string number) =>
        payments.Where(payment => payment.Purpose == purpose && payment.PurposeNumber == number).OrderBy(payment => payment.Id);

    /// <summary>Opened attempts past their deadline of what keeps no deadline itself, as an order does; those without an answer wait for their next turn.</summary>
    public static IQueryable<Payment> Overdue(this IQueryable<Payment> payments, DateTimeOffset now) =>
        payments.Opened().Where(payment => payment.Purpose != PaymentPurpose.Order && payment.PayBy <= now && (payment.AskAgainAt == null || payment.AskAgainAt <= now));

    /// <summary>Attempts that may be paid at the gateway at any time: it must be asked before they are closed here.</summary>
    public static IQueryable<Payment> Opened(this IQueryable<Payment> payments) => payments.Where(payment => payment.Status == PaymentStatus.Opened && !payment.IsExtra);

    /// <summary>Money that came and fits nothing: held, late, or a second time.</summary>
    public static IQueryable<Payment> NeedingAPerson(this IQueryable<Payment> payments) => payments.Where(payment =>
        payment.Status == PaymentStatus.Held || payment.Status == PaymentStatus.Late || payment.Status == PaymentStatus.Second);

    /// <summary>Genuine, and still about nothing that we know or did.</summary>
    public static IQueryable<PaymentNotification> NeedingAPerson(this IQueryable<PaymentNotification> notifications) => notifications.Where(notification =>
        notification.Verdict == NotificationVerdict.UnknownNumber || notification.Verdict == NotificationVerdict.NotOurs || notification.Verdict == NotificationVerdict.Unreadable
        || notification.Verdict == NotificationVerdict.RefundElsewhere);

    /// <summary>Within a unit that decides about these payments, which are for one thing: whose turn that is, its receiver knows.</summary>
    internal static async Task TakeTurnAsync(this IEnumerable<IPaymentReceiver> receivers, ShopDb db, IQueryable<Payment> payments, CancellationToken stop)
    {
        if (!db.Dialect.HasOneWriter && await payments.Select(payment => new { payment.Purpose, payment.PurposeNumber }).FirstOrDefaultAsync(stop) is { } of)
            await receivers.Single(receiver => receiver.Purpose == of.Purpose).TakeTurnAsync(db, of.PurposeNumber, stop);
    }

    /// <summary>A payment that waits for staff, unless its money is on its way back already.</summary>
    public static Task<Payment?> HeldPaymentAsync(this ShopDb db, long id, CancellationToken stop) => db.Payments.SingleOrDefaultAsync(payment =>
        payment.Id == id && payment.Status == PaymentStatus.Held && !db.Refunds.Any(refund => refund.PaymentId == id && refund.Status != RefundStatus.Refused), stop);

    /// <summary>Money that came into the shop since an instant, by Beijing's day; whatever became of it. What is paid from a wallet came before.</summary>
    public static IQueryable<DayTakings> TakingsByDay(this ShopDb db, DateTimeOffset since) => db.Database.SqlQuery<DayTakings>(
        $"""
        SELECT ("ReceivedAt" + 28800000) / 86400000 AS "Day", CAST(SUM("AmountReceived") AS BIGINT) AS "Fen", COUNT(*) AS "Count"
        FROM "Payments" WHERE "ReceivedAt" >= {since.ToUnixTimeMilliseconds()} AND "Channel" <> {(int)PaymentChannel.Balance} GROUP BY 1
        """);
}

using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>An attempt that the buyer is led to the gateway with.</summary>
/// <param name="Payment">Opened.</param>
/// <param name="IsFirstTime">It was not open before.</param>
internal sealed record OpenedAttempt(Payment Payment, bool IsFirstTime);

/// <summary>The attempts to pay one thing, within a unit.</summary>
internal static class Attempts
{
    /// <summary>What is said while money that came for it waits for staff.</summary>
    public static readonly Refusal Held = new("收到的付款与订单金额不一致，客服正在核对，请勿重复付款");

    /// <summary>Money came for it that doesn't fit: it must not be paid again before staff have decided.</summary>
    public static Task<bool> AreHeldAsync(ShopDb db, PaymentPurpose purpose, string number, CancellationToken stop) =>
        db.Payments.Of(purpose, number).AnyAsync(payment => payment.Status == PaymentStatus.Held, stop);

    /// <summary>Opens the one that is live; one that was closed is followed by one with a new number. Null when the deadline leaves no time to pay.</summary>
    public static async Task<OpenedAttempt?> OpenAsync(ShopDb db, PaymentPurpose purpose, string number, Money amount, string subject, DateTimeOffset payBy, DateTimeOffset now, CancellationToken stop)
    {
        var attempts = await db.Payments.Of(purpose, number).Where(payment => !payment.IsExtra).ToListAsync(stop);
        var payment = attempts.Find(attempt => attempt.IsLive);
        if (payment is null)
            db.Payments.Add(payment = Payment.Attempt(purpose, number, attempts.Count + 1, amount, subject, now, payBy));
        if (!payment.CanOpen(now))
            return null;
        var isFirstTime = payment.Status == PaymentStatus.Created;
        payment.Open(now);
        return new(payment, isFirstTime);
    }
}

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>What the shop does by itself, and what its staff do.</summary>
internal static class ShopSteps
{
    public static void Sweep(SimulatedDay day) => day.Start("sweep", async shop =>
        day.Story.Tell($"  swept {await shop.GetRequiredService<CloseUnpaidOrders>().RunAsync(CancellationToken.None)} and {await shop.GetRequiredService<CloseUnpaidPayments>().RunAsync(CancellationToken.None)}"));

    public static void SendRefunds(SimulatedDay day) => day.Start("send refunds", async shop =>
        day.Story.Tell($"  refunded {await shop.GetRequiredService<SendRefunds>().RunAsync(CancellationToken.None)}"));

    /// <summary>Two of the staff may do it at once.</summary>
    public static void SendBackHeldMoney(SimulatedDay day)
    {
        if (AnyHeld(day) is not { } paymentId)
            return;
        day.Start($"send back payment {paymentId}", async shop =>
        {
            if (await shop.GetRequiredService<SendBackHeldMoney>().RunAsync(paymentId, 1, CancellationToken.None) is { Refusal: null })
                day.Promises.SentBack(paymentId);
        });
    }

    /// <summary>While another one sends it back, perhaps.</summary>
    public static void AcceptHeldMoney(SimulatedDay day)
    {
        if (AnyHeld(day) is not { } paymentId)
            return;
        day.Start($"accept payment {paymentId}", async shop =>
        {
            if (await shop.GetRequiredService<AcceptHeldMoney>().RunAsync(paymentId, 1, CancellationToken.None) is { Refusal: null })
                day.Promises.Accepted(paymentId);
        });
    }

    /// <summary>Between the confirm page and the order, for instance.</summary>
    public static void Reprice(SimulatedDay day)
    {
        var (courseId, off) = (day.AnyCourse(), new Money(day.Random.Next(1, 100)));
        day.Start($"reprice course {courseId}", shop => shop.GetRequiredService<ShopWriter>().RunAsync(async (db, stop) =>
        {
            var course = await db.Courses.Include(course => course.Terms).SingleAsync(course => course.Id == courseId, stop);
            var term = course.ShownTerm!;
            course.Reprice(term.Id, term.Price > off ? term.Price - off : Money.Zero);
            return await db.SaveChangesAsync(stop);
        }, CancellationToken.None));
    }

    private static long? AnyHeld(SimulatedDay day)
    {
        var held = day.Read(db => db.Payments.Where(payment => payment.Status == PaymentStatus.Held).OrderBy(payment => payment.Id).Select(payment => payment.Id).ToListAsync());
        return held.Count == 0 ? null : held[day.Random.Next(held.Count)];
    }
}

using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>Lines that are taken back: asked for, thought better of, decided by one of the staff or by two at once.</summary>
internal static class RefundSteps
{
    public static void Request(SimulatedDay day) => Send(day, "ask for a refund of", async (shop, order, wish) =>
        (await shop.GetRequiredService<RequestRefund>().RunAsync(order.UserId, order.Number, wish, CancellationToken.None))?.Refusal?.Key ?? "asked");

    public static void ByStaff(SimulatedDay day) => Send(day, "refund", async (shop, order, wish) =>
        await shop.GetRequiredService<RefundOrder>().RunAsync(1, order.Number, wish, CancellationToken.None) is { Refusal: null } done ? $"{done.Value}" : "refused");

    public static void Withdraw(SimulatedDay day)
    {
        if (AnyRequest(day) is not { } request)
            return;
        day.Start($"withdraw {day.Story.Name(request.Number)}", async shop =>
        {
            var withdrawn = await shop.GetRequiredService<WithdrawRefund>().RunAsync(request.UserId, request.OrderNumber, request.Number, CancellationToken.None);
            day.Story.Tell($"  withdrawing {day.Story.Name(request.Number)}: {withdrawn?.Refusal?.Key ?? "done"}");
        });
    }

    public static void Decide(SimulatedDay day)
    {
        if (AnyRequest(day) is not { } request)
            return;
        var decision = new RefundDecision(day.Random.Next(3) > 0, "学完了大半");
        day.Start($"{(decision.IsApproved ? "approve" : "decline")} {day.Story.Name(request.Number)}", async shop =>
        {
            var decided = await shop.GetRequiredService<DecideRefund>().RunAsync(1, request.Number, decision, CancellationToken.None);
            day.Story.Tell($"  {day.Story.Name(request.Number)}: {(decided is { Refusal: null } ? $"{decided.Value}" : decided?.Refusal?.Key)}");
        });
    }

    /// <summary>With what the form's page showed; sometimes the form is sent twice.</summary>
    private static void Send(SimulatedDay day, string name, Func<IServiceProvider, KnownOrder, RefundWish, Task<string>> send)
    {
        if (day.AnyOrder() is not { } order)
            return;
        var (isWhole, times) = (day.Random.Next(2) == 0, day.Random.Next(5) == 0 ? 2 : 1);
        day.Start($"{name} {day.Story.Name(order.Number)}", async shop =>
        {
            var file = (await RefundCase.ReadAsync(shop.GetRequiredService<ShopDb>(), shop.GetRequiredService<ShopDb>().Orders.AsNoTracking(), order.Number, CancellationToken.None))!;
            var free = file.Order.Lines.Where(line => file.ObstacleFor(line) is null).Select(line => line.Id).ToList();
            var lines = isWhole || free.Count == 0 ? free : [free[day.Random.Next(free.Count)]];
            var preview = file.Preview(lines, day.Clock.Now);
            var wish = new RefundWish(lines, "不想学了", preview.Money, preview.Credits);
            foreach (var told in await Task.WhenAll(Enumerable.Range(0, times).Select(_ => send(shop, order, wish))))
                day.Story.Tell($"  {name} {day.Story.Name(order.Number)}: {told}");
        });
    }

    private static WaitingRequest? AnyRequest(SimulatedDay day)
    {
        var waiting = day.Read(db => (
            from refund in db.OrderRefunds
            where refund.Status == OrderRefundStatus.Requested
            join order in db.Orders on refund.OrderId equals order.Id
            orderby refund.Id
            select new WaitingRequest(refund.Number, order.Number, order.UserId)).ToListAsync());
        return waiting.Count == 0 ? null : waiting[day.Random.Next(waiting.Count)];
    }

    private sealed record WaitingRequest(string Number, string OrderNumber, long UserId);
}

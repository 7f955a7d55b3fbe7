using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>What is bought is given back: shoppers ask, staff decide, or do it by themselves.</summary>
internal static class RefundSteps
{
    /// <summary>申请退款, of some lines or all.</summary>
    public static void Ask(SimulatedDay day)
    {
        if (AnyBought(day) is not { } order)
            return;
        day.Start($"ask for a refund of {day.Story.Name(order.Number)}", async shop =>
        {
            if (await WishAsync(day, shop, order) is not { } wish)
                return;
            var asked = await shop.GetRequiredService<RequestRefund>().RunAsync(order.UserId, order.Number, wish, CancellationToken.None);
            if (asked is { Refusal: null })
                day.Promises.Begun(wish.LineIds);
            day.Story.Tell($"  asking for {day.Story.Name(order.Number)}: {asked?.Refusal?.Key ?? "done"}");
        });
    }

    /// <summary>撤回申请.</summary>
    public static void TakeBack(SimulatedDay day)
    {
        if (AnyRequest(day) is { } request)
            day.Start($"take back the request for {day.Story.Name(request.Order.Number)}", shop => shop.GetRequiredService<WithdrawRefund>().RunAsync(request.Order.UserId, request.Order.Number, request.Number, CancellationToken.None));
    }

    public static void Refund(SimulatedDay day)
    {
        if (AnyBought(day) is not { } order)
            return;
        day.Start($"refund {day.Story.Name(order.Number)}", async shop =>
        {
            if (await WishAsync(day, shop, order) is not { } wish)
                return;
            Note(day, order, wish.LineIds, await shop.GetRequiredService<RefundOrder>().RunAsync(1, order.Number, wish, CancellationToken.None));
        });
    }

    /// <summary>Two of the staff may do it at once, and disagree.</summary>
    public static void Decide(SimulatedDay day)
    {
        if (AnyRequest(day) is not { } request)
            return;
        var decision = new RefundDecision(day.Random.Next(4) > 0, "不符合退款条件");
        day.Start($"decide on {day.Story.Name(request.Order.Number)}: {decision.IsApproved}", async shop =>
            Note(day, request.Order, request.LineIds, await shop.GetRequiredService<DecideRefund>().RunAsync(1, request.Number, decision, CancellationToken.None)));
    }

    private static void Note(SimulatedDay day, KnownOrder order, IReadOnlyList<long> lineIds, Outcome<OrderRefundStatus>? outcome)
    {
        if (outcome is { Refusal: null })
            day.Promises.Begun(lineIds);
        if (outcome is { Refusal: null, Value: OrderRefundStatus.Done })
            day.Promises.TakenBack(lineIds);
        day.Story.Tell($"  refund of {day.Story.Name(order.Number)}: {outcome?.Refusal?.Key ?? $"{outcome?.Value}"}");
    }

    /// <summary>With what the page showed; a while later it may hold no longer.</summary>
    private static async Task<RefundWish?> WishAsync(SimulatedDay day, IServiceProvider shop, KnownOrder order)
    {
        var db = shop.GetRequiredService<ShopDb>();
        var file = await RefundCase.ReadAsync(db, db.Orders.AsNoTracking(), order.Number, CancellationToken.None);
        var lines = file!.Order.Lines.Where(line => file.ObstacleFor(line) is null && day.Random.Next(3) > 0).Select(line => line.Id).ToList();
        var preview = file.Preview(lines, day.Clock.Now);
        await Task.Yield();
        return lines.Count == 0 ? null : new RefundWish(lines, "不想学了", preview.Money, preview.Credits);
    }

    private static KnownOrder? AnyBought(SimulatedDay day)
    {
        var bought = day.Read(db => db.Orders.Where(order => order.Status == OrderStatus.Paid || order.Status == OrderStatus.PartRefunded)
            .OrderByDescending(order => order.Id).Take(8).Select(order => new KnownOrder(order.Number, order.UserId)).ToListAsync());
        return bought.Count == 0 ? null : bought[day.Random.Next(bought.Count)];
    }

    private static Request? AnyRequest(SimulatedDay day)
    {
        var waiting = day.Read(db => db.OrderRefunds.Include(refund => refund.Lines).AsNoTracking().Where(refund => refund.Status == OrderRefundStatus.Requested).OrderBy(refund => refund.Id).ToListAsync());
        if (waiting.Count == 0)
            return null;
        var refund = waiting[day.Random.Next(waiting.Count)];
        var order = day.Read(db => db.Orders.Where(order => order.Id == refund.OrderId).Select(order => new KnownOrder(order.Number, order.UserId)).SingleAsync());
        return new Request(refund.Number, order, [.. refund.Lines.Select(line => line.OrderLineId)]);
    }

    private sealed record Request(string Number, KnownOrder Order, IReadOnlyList<long> LineIds);
}

using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit.Abstractions;

namespace CourseShop.Tests.Simulation;

/// <summary>
/// Random days in the shop. COURSESHOP_SIMULATION=HH:MM:SS goes on for that long with days nobody has seen before; COURSESHOP_SEED=n plays one day again.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Money_goes_right_whatever_a_day_brings()
    {
        var (first, time) = Wanted();
        var (days, withTwo, orders, since) = (0, 0, 0, Stopwatch.GetTimestamp());
        var seen = new HashSet<OrderEventKind>();
        do
        {
            var day = await PlayAsync(first + days++);
            withTwo += day.Processes == 2 ? 1 : 0;
            orders += day.Orders;
            seen.UnionWith(day.Seen);
        }
        while (Stopwatch.GetElapsedTime(since) < time);

        output.WriteLine($"{days} days from seed {first}, {withTwo} of them with two processes; {orders} orders");
        if (orders > 5_000) // the rarest come once in 700
            Assert.Equal(Enum.GetValues<OrderEventKind>(), seen.Order());
    }

    [Fact]
    public async Task A_seed_tells_the_same_story_each_time()
    {
        var (first, second) = (await PlayAsync(7), await PlayAsync(7));

        Assert.Equal(first.Story, second.Story);
    }

    [Theory]
    [InlineData("a gateway that gives back the same money twice")]
    [InlineData("a used coupon that is given out again")]
    [InlineData("credits that come back twice")]
    [InlineData("a second payment that is kept")]
    [InlineData("a notification that is removed")]
    [InlineData("money that is forgotten")]
    [InlineData("a refund that is paid and takes nothing back")]
    public Task A_planted_fault_is_found(string fault) => IsFoundAsync(fault);

    [PostgresFact]
    public Task Two_units_at_once_that_take_no_turns_are_found() => IsFoundAsync("turns that nobody waits for");

    private async Task IsFoundAsync(string fault)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            if (await Record.ExceptionAsync(() => PlayAsync(seed, Planted(fault))) is SimulationException found)
            {
                output.WriteLine(found.Message);
                return;
            }
        }

        Assert.Fail($"Twenty days went by with {fault}, and nobody saw it.");
    }

    private static (int First, TimeSpan Time) Wanted()
    {
        if (Environment.GetEnvironmentVariable("COURSESHOP_SEED") is { Length: > 0 } seed)
            return (int.Parse(seed, CultureInfo.InvariantCulture), TimeSpan.Zero);
        return Environment.GetEnvironmentVariable("COURSESHOP_SIMULATION") is { Length: > 0 } time
            ? (Random.Shared.Next(1_000_000), TimeSpan.Parse(time, CultureInfo.InvariantCulture))
            : (1, Usual);
    }

    /// <summary>On a thread of its own, since a day doesn't wait for anything.</summary>
    private static Task<PlayedDay> PlayAsync(int seed, PlantedFault? fault = null) => Task.Factory.StartNew(() =>
    {
        using var day = new SimulatedDay(seed, fault);
        return day.Play();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static PlantedFault Planted(string fault) => fault switch
    {
        "a gateway that gives back the same money twice" => new(ForgetsRefunds: true),
        "a used coupon that is given out again" => BehindItsBack("""UPDATE "IssuedCoupons" SET "Status" = 0, "OrderNumber" = NULL WHERE "Status" = 2"""),
        "credits that come back twice" => BehindItsBack("""INSERT INTO "CreditEntries" ("UserId", "Amount", "Kind", "ReasonKey", "OrderNumber", "At") SELECT "UserId", "Amount", "Kind", "ReasonKey" || ':again', "OrderNumber", "At" FROM "CreditEntries" WHERE "ReasonKey" LIKE '%:release' LIMIT 1"""),
        "a notification that is removed" => BehindItsBack("""DELETE FROM "PaymentNotifications" WHERE "Id" = (SELECT MIN("Id") FROM "PaymentNotifications")"""),
        "money that is forgotten" => BehindItsBack("""UPDATE "Payments" SET "Status" = 3, "TradeNo" = NULL WHERE "Status" IN (5, 6)"""),
        "a refund that is paid and takes nothing back" => BehindItsBack("""UPDATE "OrderLines" SET "RefundedAt" = NULL WHERE "RefundedAt" IS NOT NULL"""),
        "turns that nobody waits for" => new(services => services.ConfigureDbContext<PostgresShopDb>(options => options.AddInterceptors(new Impatience())), IsOnPostgres: true),
        "a second payment that is kept" => new(PutInGreedyReceiver),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static void PutInGreedyReceiver(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(OrderPayments)));
        services.AddSingleton<IPaymentReceiver>(new GreedyReceiver(new OrderPayments()));
    }

    private static PlantedFault BehindItsBack(string sql) => new(Step: new Step(8, day => day.Start("somebody changes rows", shop =>
        shop.GetRequiredService<ShopWriter>().RunAsync((db, stop) => db.Database.ExecuteSqlRawAsync(Tampering.PastTriggers(sql, db.Dialect), stop), CancellationToken.None))));

    /// <summary>Goes on without its turn.</summary>
    private sealed class Impatience : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            if (result.CommandText.StartsWith("SELECT pg_advisory_xact_lock(", StringComparison.Ordinal))
                result.CommandText = result.CommandText.Replace("pg_advisory_xact_lock", "abs", StringComparison.Ordinal);
            return result;
        }
    }

    /// <summary>Books every second payment as if it had bought something.</summary>
    private sealed class GreedyReceiver(OrderPayments honest) : IPaymentReceiver
    {
        public PaymentPurpose Purpose => honest.Purpose;

        public async Task<Receipt> ReceiveAsync(ShopDb db, Payment payment, string tradeNo, DateTimeOffset now, CancellationToken stop)
        {
            await honest.ReceiveAsync(db, payment, tradeNo, now, stop);
            return Receipt.Delivered;
        }

        public Task NoteHeldAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop) => honest.NoteHeldAsync(db, payment, trade, now, stop);

        public Task NoteRefundedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop) => honest.NoteRefundedAsync(db, refund, now, stop);

        public Task NoteRefusedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop) => honest.NoteRefusedAsync(db, refund, now, stop);
    }
}

using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>How big the shop is to be.</summary>
/// <param name="Orders">In all; spread over two years up to now.</param>
/// <param name="Opened">The last so many of them wait at Alipay's cashier.</param>
/// <param name="Overdue">So many before those are past their deadline, and nobody has looked yet.</param>
public sealed record SeedSize(int Orders, int Opened, int Overdue);

/// <summary>
/// Fills a sample shop in which nobody has bought anything with orders as the shop itself would have made them: the same every time, and right to
/// every invariant. One in eight, up to 12,000, belongs to the user `shopper`; the others to shoppers who can't sign in.
/// </summary>
public sealed class SeedOrders(ShopWriter writer, ShopDb db, OpenSampleShop sample, PricingRules rules, TimeProvider clock)
{
    public const int Most = 10_000_000;
    private const int Slice = 5_000;
    private const int OrdersPerShopper = 8;
    private const int MostOfOne = 12_000;
    private const int CreditsHeld = 100;
    private static readonly TimeSpan History = TimeSpan.FromDays(730);
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
    private static readonly string[] GivenNames = ["小雨", "子涵", "志远", "佳怡", "海峰", "晓燕", "建国", "思琪", "文博", "雪梅"];

    private readonly Dictionary<long, DateTimeOffset> _ends = []; // until when `shopper` may learn what
    private readonly Dictionary<long, int> _learners = [];

    /// <summary>Opens the sample shop where there is nothing yet; refuses a shop of somebody's own, and one that has orders.</summary>
    public async Task RunAsync(SeedSize size, Action<int> progress, CancellationToken stop)
    {
        if (!db.Dialect.HasOneWriter)
            throw new WrongSettingException($"seed fills a shop on SQLite: run it with Database:Provider={DataModule.Sqlite}; migrate-to-postgres then moves the shop over.");
        if (await db.Orders.AnyAsync(stop))
            throw new WrongSettingException("This shop has orders already. seed fills a sample shop in which nobody has bought anything: choose an empty Shop:DataFolder.");
        await sample.RunAsync(stop);
        var courses = await db.Courses.OrderBy(course => course.Id).Include(course => course.Terms).AsNoTracking().ToListAsync(stop);
        var heavyId = await db.Users.Where(user => user.UserName == "shopper").Select(user => user.Id).FirstOrDefaultAsync(stop);
        if (heavyId == 0 || courses.Count == 0 || courses.Exists(course => course.Terms.Count == 0))
            throw new WrongSettingException("This is a shop of somebody's own. seed fills a sample shop: choose an empty Shop:DataFolder.");

        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var campaigns = await db.Campaigns.Running(now).Include(campaign => campaign.Courses).AsNoTracking().ToListAsync(stop);
        var shoppers = await InviteAsync(Math.Max(16, size.Orders / OrdersPerShopper), now, stop);
        for (var from = 0; from < size.Orders; from += Slice)
        {
            var slice = Enumerable.Range(from, Math.Min(Slice, size.Orders - from)).Select(place => Make(place, size, courses, campaigns, heavyId, shoppers, now)).ToList();
            await writer.RunAsync((unit, token) => WriteAsync(unit, slice, token), stop);
            progress(from + slice.Count);
        }

        await writer.RunAsync(CountLearnersAsync, stop);
    }

    /// <summary>Shoppers with names and without passwords. Their numbers follow each other.</summary>
    private async Task<(long First, int Count)> InviteAsync(int count, DateTimeOffset now, CancellationToken stop)
    {
        var first = 0L;
        for (var from = 0; from < count; from += Slice)
        {
            var places = Enumerable.Range(from, Math.Min(Slice, count - from)).ToList();
            await writer.RunAsync(async (unit, token) =>
            {
                var next = await unit.Users.MaxAsync(user => user.Id, token) + 1;
                first = first == 0 ? next : first;
                await using var users = new BulkInsert<ShopUser>(unit);
                foreach (var place in places)
                    users.Add(Shopper(place, now), (nameof(ShopUser.Id), next++));
                return new Done();
            }, stop);
        }

        return (first, count);
    }

    private static ShopUser Shopper(int place, DateTimeOffset now)
    {
        var name = Surnames[SampleDice.Throw(place, 1, Surnames.Length)] + GivenNames[SampleDice.Throw(place, 2, GivenNames.Length)];
        var user = ShopUser.New(UserName.Read(string.Create(CultureInfo.InvariantCulture, $"{name}{place}")).Value!, null, null, now - History);
        user.Nickname = name;
        return user;
    }

    private SampleOrder Make(int place, SeedSize size, List<Course> courses, List<Campaign> campaigns, long heavyId, (long First, int Count) shoppers, DateTimeOffset now)
    {
        var waits = size.Orders - place <= size.Opened;
        var isOverdue = !waits && size.Orders - place <= size.Opened + size.Overdue;
        var isHeavy = !waits && !isOverdue && place % OrdersPerShopper == 0 && place / OrdersPerShopper < MostOfOne;
        var at = waits ? now.AddMinutes(-1) : isOverdue ? now.AddDays(-1) : now - History + (History - TimeSpan.FromDays(2)) * ((double)place / size.Orders);
        var chance = SampleDice.Throw(place, 3, 100);
        var ending = waits ? SampleEnding.Opened : isOverdue ? SampleEnding.Overdue : chance < 82 ? SampleEnding.Paid : chance < 92 ? SampleEnding.TimedOut : SampleEnding.Cancelled;
        var wanted = Choose(place, isHeavy, shoppers.Count, courses);
        var credits = isOverdue && place % 4 == 0 ? CreditsHeld : 0;
        var made = SampleOrder.Make(place, isHeavy ? heavyId : shoppers.First + place % shoppers.Count, wanted, chance % 3 == 0 && !isHeavy ? campaigns : [], credits, rules, ending, at, now, isHeavy ? NextStart : (_, start) => start);
        foreach (var grant in made.Grants)
        {
            _learners[grant.CourseId] = _learners.GetValueOrDefault(grant.CourseId) + 1;
            if (isHeavy && grant.EndsAt is { } end)
                _ends[grant.CourseId] = end;
        }

        return made;
    }

    /// <summary>A shopper goes through the courses in turn, so that none is bought twice; `shopper` renews those that end, again and again.</summary>
    private static List<(Course Course, AccessTerm Term)> Choose(int place, bool isHeavy, int shoppers, List<Course> courses)
    {
        const int mostLines = 3;
        var lines = SampleDice.Throw(place, 4, 10) switch { < 7 => 1, < 9 => 2, _ => mostLines };
        var shopper = place % shoppers;
        var round = place / shoppers;
        var first = isHeavy ? place / OrdersPerShopper : shopper * 7 + round * mostLines;
        var shelf = isHeavy ? courses.FindAll(course => ShortestTerm(course) is not null) : courses;
        return [.. Enumerable.Range(first, lines).Select(at => shelf[at % shelf.Count]).Select(course => (course, isHeavy ? ShortestTerm(course)! : course.ShownTerm!))];
    }

    private static AccessTerm? ShortestTerm(Course course) => course.Terms.Where(term => term.Days is not null).MinBy(term => term.Days);

    private DateTimeOffset NextStart(long courseId, DateTimeOffset now) => _ends.TryGetValue(courseId, out var end) && end > now ? end : now;

    private static async Task<Done> WriteAsync(ShopDb unit, List<SampleOrder> slice, CancellationToken stop)
    {
        await using var orders = new BulkInsert<Order>(unit);
        await using var lines = new BulkInsert<OrderLine>(unit);
        await using var events = new BulkInsert<OrderEvent>(unit);
        await using var payments = new BulkInsert<Payment>(unit);
        await using var grants = new BulkInsert<Enrollment>(unit);
        await using var credits = new BulkInsert<CreditEntry>(unit);
        var orderId = await LastAsync(unit.Orders.Select(order => order.Id), stop);
        var lineId = await LastAsync(unit.OrderLines.Select(line => line.Id), stop);
        var eventId = await LastAsync(unit.OrderEvents.Select(entry => entry.Id), stop);
        var paymentId = await LastAsync(unit.Payments.Select(payment => payment.Id), stop);
        var grantId = await LastAsync(unit.Enrollments.Select(grant => grant.Id), stop);
        var creditId = await LastAsync(unit.CreditEntries.Select(entry => entry.Id), stop);
        foreach (var (order, payment, bought) in slice)
        {
            orders.Add(order, (nameof(Order.Id), ++orderId));
            for (var at = 0; at < order.Lines.Count; at++)
            {
                lines.Add(order.Lines[at], (nameof(OrderLine.Id), ++lineId), (nameof(OrderLine.OrderId), orderId));
                if (at < bought.Count)
                    grants.Add(bought[at], (nameof(Enrollment.Id), ++grantId), (nameof(Enrollment.OrderLineId), lineId));
            }

            foreach (var entry in order.Events)
                events.Add(entry, (nameof(OrderEvent.Id), ++eventId), (nameof(OrderEvent.OrderId), orderId));
            if (payment is not null)
                payments.Add(payment, (nameof(Payment.Id), ++paymentId));
            if (order.Credits > 0)
            {
                credits.Add(new CreditEntry(order.UserId, order.Credits, CreditKind.Granted, $"seed:{order.Number}", null, order.CreatedAt), (nameof(CreditEntry.Id), ++creditId));
                credits.Add(CreditEntry.Hold(order.UserId, order.Credits, order.Number, order.CreatedAt), (nameof(CreditEntry.Id), ++creditId));
            }
        }

        return new Done();
    }

    private static async Task<long> LastAsync(IQueryable<long> ids, CancellationToken stop) => await ids.MaxAsync(id => (long?)id, stop) ?? 0;

    private async Task<int> CountLearnersAsync(ShopDb unit, CancellationToken stop)
    {
        foreach (var (courseId, more) in _learners)
            await unit.Courses.Where(course => course.Id == courseId).ExecuteUpdateAsync(set => set.SetProperty(course => course.Learners, course => course.Learners + more), stop);
        return _learners.Count;
    }
}

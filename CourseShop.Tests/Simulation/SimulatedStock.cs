using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Promotions;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CourseShop.Tests.Simulation;

/// <summary>A small shop: few people and few courses, so that they meet often; coupons and credits that make some orders free. Made once, copied for each seed.</summary>
internal static class SimulatedStock
{
    public const int Shoppers = 4;

    /// <summary>A SQLite file.</summary>
    public static Lazy<byte[]> File { get; } = new(() =>
    {
        using var database = new SimulatedSqlite();
        Fill(database);
        return database.Whole();
    });

    /// <summary>A PostgreSQL database.</summary>
    public static Lazy<string> Database { get; } = new(() =>
    {
        var database = new SimulatedPostgres();
        Fill(database);
        return database.Keep();
    });

    private static void Fill(SimulatedDatabase database)
    {
        var (clock, story) = (new SimulatedClock(), new Story());
        var shop = new ShopProcess(database, new Random(0), clock, new SimulatedGateway(clock, story), NullLoggerFactory.Instance, new Dictionary<string, string?>(StringComparer.Ordinal));
        shop.Migrate();
        shop.Write(db => FillAsync(db, clock.Now));
        shop.Crash();
    }

    private static async Task FillAsync(ShopDb db, DateTimeOffset now)
    {
        var people = Enumerable.Range(1, Shoppers).Select(index => new ShopUser { UserName = $"shopper{index}", NormalizedUserName = $"SHOPPER{index}", CreatedAt = now, AlipayAccount = "13800138000", AlipayName = "王小明" }).ToList();
        var (category, teacher) = (new Category("category", "分类", "", 0), new Teacher("teacher", "讲师", "", "", 0));
        db.AddRange(people);
        db.AddRange(category, teacher);
        await db.SaveChangesAsync();

        var courses = new List<Course>
        {
            Course("dear", 500, new AccessTerm(null, Money.Yuan(199))),
            Course("plain", 0, new AccessTerm(null, Money.Yuan(99))),
            Course("for-credits", 99, new AccessTerm(null, new Money(990))),
            Course("cheapest", 0, new AccessTerm(null, new Money(1))),
            Course("free", 0, new AccessTerm(null, Money.Zero)),
            Course("a-month", 100, new AccessTerm(30, Money.Yuan(49))),
            Course("a-week", 0, new AccessTerm(7, new Money(1999))),
            Course("a-day", 9, new AccessTerm(1, new Money(99))),
            Course("two-terms", 300, new AccessTerm(365, Money.Yuan(299)), new AccessTerm(null, Money.Yuan(999))),
            Course("another-week", 20, new AccessTerm(7, new Money(333))),
        };
        db.AddRange(courses);
        var coupons = new List<Coupon>
        {
            new Coupon("减10", CouponKind.Amount, CouponScope.All, CouponBase.Subtotal).Worth(Money.Yuan(10), 10_000, null, Money.Yuan(20), []).Issuing(30, null, 12, 3, false, null),
            new Coupon("八折", CouponKind.Percent, CouponScope.All, CouponBase.Subtotal).Worth(Money.Zero, 8_000, null, Money.Zero, []).Issuing(null, now.AddHours(2), null, 2, false, null),
            new Coupon("全免", CouponKind.Amount, CouponScope.All, CouponBase.DearestCourse).Worth(Money.Yuan(2000), 10_000, null, Money.Zero, []).Issuing(30, null, null, 1, false, null),
        };
        db.AddRange(coupons);
        await db.SaveChangesAsync();

        var article = new Article(people[^1].Id, "article", now);
        article.Rewrite("标题", "正文", null, [], now);
        article.Publish(now);
        db.Add(article);
        db.Add(new Campaign("限时折扣", CampaignKind.Percent, now, now.AddMinutes(90)).Taking(8_200, Money.Zero, [], Money.Zero).On([courses[0].Id, courses[5].Id]));
        db.Add(new Campaign("限时免费", CampaignKind.Free, now.AddMinutes(60), now.AddMinutes(100)).On([courses[6].Id]));
        foreach (var person in people)
        {
            foreach (var coupon in coupons)
                db.AddRange(Enumerable.Range(0, coupon.PerUserLimit).Select(had => coupon.IssueTo(person.Id, had, now).Value!));
            db.Add(new CreditEntry(person.Id, 600, CreditKind.Granted, $"welcome:{person.Id}", null, now));
        }

        Course Course(string slug, int mostCredits, params AccessTerm[] terms)
        {
            var course = new Course(slug, slug, "", CourseLevel.Beginner, category.Id, teacher.Id, now.AddDays(-1));
            course.Describe("", mostCredits, 0, 0);
            course.Offer(terms);
            return course;
        }
    }
}

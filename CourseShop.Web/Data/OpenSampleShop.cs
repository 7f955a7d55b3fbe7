using CourseShop.Accounts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

/// <summary>
/// A shop to try things in: 48 courses, campaigns that run today, coupons, articles, and people with a well-known password. Opened once;
/// at a later start only the campaigns are moved to today, and what an older one lacked is added. Never in Production.
/// </summary>
public sealed class OpenSampleShop(
    ShopWriter writer, ShopDb db, UserManager<ShopUser> users, RoleManager<IdentityRole<long>> roles, TimeProvider clock, IOptions<ShopOptions> shop)
{
    public const string Password = "CourseShop-2026";

    private static readonly (string Name, string? Role, int Credits)[] People =
    [
        ("shopper", null, 3000), ("second", null, 500), ("author", Roles.Author, 0), ("writer", Roles.Author, 0),
        ("admin", Roles.Admin, 0), ("finance", Roles.Finance, 0), ("editor", Roles.Editor, 0), ("support", Roles.Support, 0),
    ];

    public async Task RunAsync(CancellationToken stop)
    {
        var files = SampleFiles.Read();
        CopyMedia(files.MediaFolder);
        await using var held = await db.Dialect.LockOpeningAsync(db, shop.Value, stop);
        foreach (var (name, role, _) in People)
            await InviteAsync(name, role);
        if (await db.Categories.AnyAsync(stop))
            await writer.RunAsync((unit, token) => MoveCampaignsToTodayAsync(unit, files, token), stop);
        else
            await writer.RunAsync((unit, token) => StockAsync(unit, files, token), stop);
        await writer.RunAsync((unit, token) => SampleArticles.PublishAsync(unit, files.Articles, clock.GetUtcNow(), token), stop);
    }

    private async Task InviteAsync(string name, string? role)
    {
        if (await users.FindByNameAsync(name) is not null)
            return;
        var user = new ShopUser { UserName = name, Email = $"{name}@example.com", EmailConfirmed = true, CreatedAt = clock.GetUtcNow() };
        Require(await users.CreateAsync(user, Password));
        if (role is null)
            return;
        if (!await roles.RoleExistsAsync(role))
            Require(await roles.CreateAsync(new IdentityRole<long>(role)));
        Require(await users.AddToRoleAsync(user, role));
    }

    private async Task<Done> StockAsync(ShopDb unit, SampleFiles files, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var categories = files.Categories.Select((category, index) => new Category(category.Slug, category.Name, category.Pitch, index)).ToList();
        var teachers = files.Teachers.Select((teacher, index) => new Teacher(teacher.Slug, teacher.Name, teacher.Title, teacher.Bio, index)).ToList();
        unit.AddRange(categories);
        unit.AddRange(teachers);
        await unit.SaveChangesAsync(stop);

        var courses = files.Courses.Select((course, index) => Build(course, index, categories, teachers, now)).ToList();
        unit.AddRange(courses);
        await unit.SaveChangesAsync(stop);

        var courseIds = courses.ToDictionary(course => course.Slug, course => course.Id, StringComparer.Ordinal);
        unit.AddRange(files.Promotions.Campaigns.Select(campaign => Build(campaign, courseIds, now)));
        var coupons = files.Promotions.Coupons.ConvertAll(coupon => (Sample: coupon, Coupon: Build(coupon, courseIds, categories, now)));
        unit.AddRange(coupons.Select(pair => pair.Coupon));
        await unit.SaveChangesAsync(stop);

        var userIds = await unit.Users.ToDictionaryAsync(user => user.UserName!, user => user.Id, StringComparer.Ordinal, stop);
        unit.AddRange(coupons.SelectMany(pair => pair.Sample.GrantTo.Select(name => pair.Coupon.IssueTo(userIds[name], 0, now).Value!)));
        unit.AddRange(People.Where(person => person.Credits > 0).Select(person =>
            new CreditEntry(userIds[person.Name], person.Credits, CreditKind.Granted, $"welcome:{person.Name}", null, now)));
        await unit.SaveChangesAsync(stop);
        return new Done();
    }

    private async Task<Done> MoveCampaignsToTodayAsync(ShopDb unit, SampleFiles files, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var samples = files.Promotions.Campaigns.ToDictionary(campaign => campaign.Name, StringComparer.Ordinal);
        foreach (var campaign in await unit.Campaigns.Where(campaign => campaign.EndsAt <= now).ToListAsync(stop))
        {
            if (samples.TryGetValue(campaign.Name, out var sample))
                campaign.Reschedule(now.AddDays(sample.StartsDaysFromNow), now.AddDays(sample.EndsDaysFromNow));
        }

        await unit.SaveChangesAsync(stop);
        return new Done();
    }

    private static Course Build(SampleCourse sample, int index, List<Category> categories, List<Teacher> teachers, DateTimeOffset now)
    {
        var course = new Course(sample.Slug, sample.Title, sample.Pitch, sample.Level,
            categories.Single(category => category.Slug == sample.Category).Id, teachers.Single(teacher => teacher.Slug == sample.Teacher).Id, now.AddDays(-sample.PublishedDaysAgo));
        course.Describe(sample.Description, sample.MaxCredits, sample.Learners, index);
        course.Offer(sample.Terms.Select(term => new AccessTerm(term.Days, new Money(term.PriceFen))));
        course.Teach(sample.Chapters.Select((chapter, chapterIndex) => new Chapter(chapter.Title, chapterIndex).With(
            chapter.Lessons.Select((lesson, lessonIndex) => new Lesson(lesson.Title, lessonIndex, lesson.Kind, lesson.Seconds, lesson.FreeTrial).Showing(lesson.Media, lesson.Text)))));
        return course;
    }

    private static Campaign Build(SampleCampaign sample, Dictionary<string, long> courseIds, DateTimeOffset now) =>
        new Campaign(sample.Name, sample.Kind, now.AddDays(sample.StartsDaysFromNow), now.AddDays(sample.EndsDaysFromNow))
            .Taking(sample.PercentBasisPoints ?? 10_000, new Money(sample.AmountFen ?? 0),
                (sample.Tiers ?? []).ConvertAll(tier => new CampaignTier(new Money(tier.ThresholdFen), new Money(tier.OffFen))), new Money(sample.MinimumPriceFen))
            .On(sample.Courses.Select(slug => courseIds[slug]));

    private static Coupon Build(SampleCoupon sample, Dictionary<string, long> courseIds, List<Category> categories, DateTimeOffset now)
    {
        var scopeIds = sample.ScopeSlugs.ConvertAll(slug => sample.Scope == CouponScope.Categories ? categories.Single(category => category.Slug == slug).Id : courseIds[slug]);
        return new Coupon(sample.Name, sample.Kind, sample.Scope, sample.Base == "dearest" ? CouponBase.DearestCourse : CouponBase.Subtotal)
            .Worth(new Money(sample.AmountFen ?? 0), sample.PercentBasisPoints ?? 10_000, sample.CapFen is { } cap ? new Money(cap) : null, new Money(sample.ThresholdFen), scopeIds)
            .Issuing(sample.ValidDays, sample.ValidForDaysFromNow is { } days ? now.AddDays(days) : null, sample.TotalLimit, sample.PerUserLimit, sample.IsClaimable, sample.Code);
    }

    private void CopyMedia(string from)
    {
        var media = Directory.CreateDirectory(Path.Combine(shop.Value.DataFolder, "media"));
        foreach (var file in Directory.EnumerateFiles(from))
        {
            var target = Path.Combine(media.FullName, Path.GetFileName(file));
            if (!File.Exists(target))
                File.Copy(file, target);
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
    }
}

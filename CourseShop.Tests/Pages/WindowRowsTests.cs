using System.Text.Json;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Pages;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

/// <summary>The shop window is read past EF: it shows just what the catalogue's own scopes say.</summary>
public sealed class WindowRowsTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task They_are_what_the_scopes_choose(int seed)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_shop.Clock.Now.ToUnixTimeMilliseconds());
        await _shop.WriteAsync(db => DisarrangeAsync(db, now, new Random(seed)));

        var read = await WindowRows.ReadAsync(_shop.Service<ShopConnections>(), now, now + Minute, CancellationToken.None);

        var (categories, campaigns, courses) = await _shop.ReadAsync(db => ChosenAsync(db, now));
        Assert.Equal(categories, read.Categories.Select(Told));
        Assert.Equal(campaigns, read.Campaigns.Select(Told));
        Assert.Equal(courses, read.Courses.Select(Told));
        Assert.InRange(courses.Count, 1, 47); // some of the sample's 48 are hidden, withdrawn or not published yet
        Assert.NotEmpty(campaigns);
        Assert.NotEmpty(categories);
    }

    /// <summary>Each course, term, category and campaign gets a chance to be left out, and of the instants some lie just on the edge.</summary>
    private static async Task DisarrangeAsync(ShopDb db, DateTimeOffset now, Random random)
    {
        DateTimeOffset Near() => now + (random.Next(5) switch { 0 => TimeSpan.Zero, 1 => Minute, 2 => Minute + TimeSpan.FromMilliseconds(1), 3 => TimeSpan.FromMilliseconds(-1), _ => TimeSpan.FromSeconds(random.Next(-90, 90)) });
        foreach (var course in await db.Courses.Include(course => course.Terms).ToListAsync())
        {
            var entry = db.Entry(course);
            entry.Property(one => one.Position).CurrentValue = random.Next(6);
            if (random.Next(3) == 0)
                entry.Property(one => one.PublishedAt).CurrentValue = Near();
            if (random.Next(8) == 0)
                course.Hide();
            if (random.Next(8) == 0)
                course.Withdraw(now);
            foreach (var term in course.Terms.Where(_ => random.Next(3) == 0))
                db.Entry(term).Property(one => one.IsHidden).CurrentValue = true;
        }

        foreach (var category in await db.Categories.OrderBy(category => category.Id).Skip(1).ToListAsync())
            db.Entry(category).Property(one => one.IsHidden).CurrentValue = random.Next(3) == 0;
        foreach (var campaign in await db.Campaigns.OrderBy(campaign => campaign.Id).Skip(1).ToListAsync())
        {
            campaign.Reschedule(Near() - TimeSpan.FromSeconds(random.Next(2)), Near() + TimeSpan.FromSeconds(random.Next(2)));
            db.Entry(campaign).Property(one => one.IsHidden).CurrentValue = random.Next(4) == 0;
        }

        await db.SaveChangesAsync();
    }

    private static async Task<(List<string> Categories, List<string> Campaigns, List<string> Courses)> ChosenAsync(ShopDb db, DateTimeOffset now)
    {
        var soon = now + Minute;
        var teachers = await db.Teachers.ToDictionaryAsync(teacher => teacher.Id, teacher => teacher.Name);
        var courses = await db.Courses.OnSale(soon).OrderBy(course => course.Position).ThenBy(course => course.Id).Include(course => course.Terms).AsNoTracking().ToListAsync();
        var campaigns = await db.Campaigns.RunningBy(now, soon).OrderBy(campaign => campaign.Id).Include(campaign => campaign.Courses).AsNoTracking().ToListAsync();
        return ([.. (await db.Categories.Shown().ToListAsync()).Select(category => $"{category.Id} {category.Slug} {category.Name} {category.Pitch}")], campaigns.ConvertAll(Told),
            courses.ConvertAll(course => $"{course.Id} {course.Title} {course.CoverPath} {course.Level} {course.LessonCount} {course.Learners} {teachers[course.TeacherId]} {course.ShownTerm?.Id} {course.ListPrice.Fen} {course.CategoryId} {course.TeacherId} {course.PublishedAt:O}"));
    }

    private static string Told(CourseShop.Pages.Courses.CategoryChoice category) => $"{category.Id} {category.Slug} {category.Name} {category.Pitch}";

    private static string Told(Campaign campaign) => $"{campaign.Id} {campaign.Name} {campaign.Kind} {campaign.StartsAt:O} {campaign.EndsAt:O} {campaign.PayBasisPoints} {campaign.Reduction.Fen} {JsonSerializer.Serialize(campaign.Tiers)} {campaign.MinimumPrice.Fen} {campaign.IsHidden} on {string.Join(',', campaign.Courses.Select(course => course.CourseId).Order())}";

    private static string Told(WindowCourse course) => $"{course.Card.Id} {course.Card.Title} {course.Card.CoverPath} {course.Card.Level} {course.Card.Lessons} {course.Card.Learners} {course.Card.Teacher} {course.Card.TermId} {course.Card.ListPrice.Fen} {course.CategoryId} {course.TeacherId} {course.PublishedAt:O}";
}

using System.Collections.Concurrent;
using CourseShop.Catalog;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Courses;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Html;

namespace CourseShop.Pages;

/// <summary>
/// The courses on sale with today's prices, read once and held in memory: what home, list and teacher pages show. True for a minute at most, less when
/// a campaign or a sale begins or ends before; read again at once when the catalogue changes. Who pays is never priced from it.
/// </summary>
public sealed class ShopWindow(ShopConnections connections, CatalogueCache cache, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ShopWindow> log) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);
    private WindowView? _view;

    public async ValueTask<WindowView> LookAsync(CancellationToken stop)
    {
        if (_view is { } view && IsTrue(view))
        {
            if (clock.GetUtcNow() - view.From > GuestPages.Longest / 2)
                ReadAhead();
            return view;
        }

        await _reading.WaitAsync(stop);
        try
        {
            return IsTrue(_view) ? _view! : _view = await ReadAsync(stop);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsTrue(WindowView? view)
    {
        var now = clock.GetUtcNow();
        return view is not null && view.Version == cache.Version && view.From <= now && now < view.Until;
    }

    /// <summary>While the view is still true the next one is read, so that in a shop with visitors none of them waits for it.</summary>
    private void ReadAhead()
    {
        if (!_reading.Wait(0))
            return; // somebody does it already
        _ = Task.Run(async () =>
        {
            try
            {
                _view = await ReadAsync(lifetime.ApplicationStopping);
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // whoever looks next reads, and is told what is wrong
            {
                log.LogWarning(failure, "The next look at the shop window could not be read ahead");
            }
            finally
            {
                _reading.Release();
            }
        });
    }

    private async Task<WindowView> ReadAsync(CancellationToken stop)
    {
        var version = cache.Version; // a change meanwhile makes what is read now untrue
        var now = clock.GetUtcNow();
        var (categories, campaigns, courses) = await WindowRows.ReadAsync(connections, now, now + GuestPages.Longest, stop);
        var changes = campaigns.SelectMany(campaign => new[] { campaign.StartsAt, campaign.EndsAt }).Concat(courses.Select(course => course.PublishedAt)).Where(change => change > now);
        return new WindowView(version, now, changes.Append(now + GuestPages.Longest).Min(), categories, campaigns, Priced(courses.Where(course => course.PublishedAt <= now), campaigns, now));
    }

    private static List<WindowCourse> Priced(IEnumerable<WindowCourse> courses, IReadOnlyList<Campaign> campaigns, DateTimeOffset now)
    {
        var covering = campaigns.SelectMany(campaign => campaign.Courses.Select(course => (course.CourseId, Campaign: campaign))).ToLookup(pair => pair.CourseId, pair => pair.Campaign);
        return [.. courses.Select(course => course with { Card = course.Card with { Price = CampaignPrice.Best(course.Card.ListPrice, course.Card.Id, covering[course.Card.Id], now) } })];
    }
}

/// <param name="Card">With today's price.</param>
public sealed record WindowCourse(CourseCard Card, long CategoryId, long TeacherId, DateTimeOffset PublishedAt);

/// <summary>One look at the shop window.</summary>
/// <param name="Version">Of the catalogue.</param>
/// <param name="From">When it was read.</param>
/// <param name="Until">When it is to be read again.</param>
/// <param name="Categories">Those that are shown, in order.</param>
/// <param name="Campaigns">What runs, or starts before the view ends.</param>
/// <param name="Courses">In the shop's own order.</param>
public sealed record WindowView(
    long Version, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<CategoryChoice> Categories, IReadOnlyList<Campaign> Campaigns, IReadOnlyList<WindowCourse> Courses)
{
    private readonly ConcurrentDictionary<CourseOrder, IReadOnlyList<WindowCourse>> _sorted = new();
    private readonly Lazy<IReadOnlyDictionary<long, int>> _perCategory = new(() => Courses.CountBy(course => course.CategoryId).ToDictionary());
    private readonly Lazy<IReadOnlyDictionary<long, WindowCourse>> _byId = new(() => Courses.ToDictionary(course => course.Card.Id));

    /// <summary>Shelves, and the pages around them that are the same for everybody, each in one language.</summary>
    public KeptParts<string, IHtmlContent> Shelves { get; } = new();

    /// <summary>The shared parts of course pages, by course.</summary>
    public KeptParts<long, CourseSheet> Sheets { get; } = new();

    /// <summary>All of them, sorted once.</summary>
    public IReadOnlyList<WindowCourse> Sorted(CourseOrder order) => order == CourseOrder.Default ? Courses : _sorted.GetOrAdd(order, asked => [.. Sort(Courses, asked)]);

    /// <summary>Some of them.</summary>
    /// <param name="courses">In the shop's own order, if that is what is asked for.</param>
    /// <param name="order">What comes first.</param>
    public static IEnumerable<WindowCourse> Sort(IEnumerable<WindowCourse> courses, CourseOrder order) => order switch
    {
        CourseOrder.Newest => courses.OrderByDescending(course => course.PublishedAt).ThenByDescending(course => course.Card.Id),
        CourseOrder.Popular => courses.OrderByDescending(course => course.Card.Learners).ThenBy(course => course.Card.Id),
        CourseOrder.Cheapest => courses.OrderBy(course => course.Card.Price.Price).ThenBy(course => course.Card.Id),
        CourseOrder.Dearest => courses.OrderByDescending(course => course.Card.Price.Price).ThenBy(course => course.Card.Id),
        _ => courses,
    };

    public IReadOnlyList<CourseCard> First(CourseOrder order, int most) => [.. Sorted(order).Take(most).Select(course => course.Card)];

    public int CountIn(long categoryId) => _perCategory.Value.GetValueOrDefault(categoryId);

    public WindowCourse? Find(long courseId) => _byId.Value.GetValueOrDefault(courseId);
}

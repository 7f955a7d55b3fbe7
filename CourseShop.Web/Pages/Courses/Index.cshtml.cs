using CourseShop.Catalog;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Courses;

public sealed record CategoryChoice(long Id, string Slug, string Name, string Pitch);

[OutputCache(PolicyName = GuestPages.Policy)]
public sealed class IndexModel(Lazy<ShopDb> database, ShopWindow window, FindCourses find, SearchedWords words, ShelfRenderer shelves, TimeProvider clock) : PageModel
{
    private const int PageSize = 24;
    private const int InsteadSize = 4;

    private WindowView _view = null!;

    public ListFilter Filter { get; private set; } = null!;
    public IReadOnlyList<CategoryChoice> Categories { get; private set; } = [];
    public CategoryChoice? Category { get; private set; }
    public Campaign? Campaign { get; private set; }
    public IReadOnlyList<CourseCard> Cards { get; private set; } = [];
    public int Found { get; private set; }

    public IHtmlContent Shelf { get; private set; } = HtmlString.Empty;

    /// <summary>What is searched for, for marking it.</summary>
    public IReadOnlyList<string> Words => SearchText.Words(Filter.Text);

    /// <summary>A lesson by which a course was found.</summary>
    public IReadOnlyDictionary<long, string> Passages { get; private set; } = new Dictionary<long, string>();

    /// <summary>What others learn, where nothing was found.</summary>
    public IHtmlContent? Instead { get; private set; }

    public IReadOnlyList<string> OftenSearched => words.Often();
    public int LastPage => Math.Max(1, (Found + PageSize - 1) / PageSize);

    /// <summary>What the page shows: kept, unless it was searched for.</summary>
    public IHtmlContent Show(Func<object?, IHtmlContent> list) => Filter.Text.Length == 0 ? shelves.Show(_view, Filter.Link, list) : list(null);

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var view = _view = await window.LookAsync(stop);
        GuestPages.TrueUntil(HttpContext, view.Until, now);
        var asked = ListFilter.Read(Request.Query);
        Categories = view.Categories;
        Category = view.Categories.FirstOrDefault(category => category.Slug == asked.Category);
        Campaign = view.Campaigns.FirstOrDefault(campaign => campaign.Id == asked.Campaign && campaign.IsRunning(now));
        Filter = asked with { Category = Category?.Slug ?? "", Campaign = Campaign?.Id };

        var hits = Filter.Text.Length == 0 ? null : await find.RunAsync(Filter.Text, stop);
        var found = (hits is null ? Wanted(view.Sorted(Filter.Order)) : InOrder(Wanted(hits.All.Select(view.Find).OfType<WindowCourse>()), hits)).ToList();
        Found = found.Count;
        Filter = Filter with { Page = Math.Min(Filter.Page, LastPage) };
        Cards = [.. found.Skip((Filter.Page - 1) * PageSize).Take(PageSize).Select(course => course.Card)];
        var pages = new ShelfPages(Filter.Page, LastPage, page => (Filter with { Page = page }).Link);
        if (hits is null)
        {
            Shelf = await shelves.ShowAsync(view, Cards, Filter.Link, pages);
            return;
        }

        if (Found == 0)
            Instead = await shelves.ShowAsync(view, view.First(CourseOrder.Popular, InsteadSize), "instead");
        else
            words.Count(Filter.Text);
        Passages = await ReadPassagesAsync(Cards.Select(card => card.Id).Where(id => !hits.Named.Contains(id)).ToList(), stop);
        Shelf = await shelves.ShowAsync(Cards, Words, Passages, pages);
    }

    /// <summary>Of courses whose names don't say why they were found: the first lesson that does.</summary>
    private async Task<IReadOnlyDictionary<long, string>> ReadPassagesAsync(List<long> ids, CancellationToken stop)
    {
        if (ids.Count == 0)
            return new Dictionary<long, string>();
        var db = database.Value;
        var lessons = await (from chapter in db.Chapters
                             join lesson in db.Lessons on chapter.Id equals lesson.ChapterId
                             where ids.Contains(chapter.CourseId) && !chapter.IsHidden && !lesson.IsHidden
                             orderby chapter.Position, lesson.Position
                             select new { chapter.CourseId, lesson.Title }).ToListAsync(stop);
        return lessons.Where(lesson => Words.Any(word => lesson.Title.Contains(word, StringComparison.OrdinalIgnoreCase))).GroupBy(lesson => lesson.CourseId).ToDictionary(course => course.Key, course => course.First().Title);
    }

    private IEnumerable<WindowCourse> Wanted(IEnumerable<WindowCourse> courses)
    {
        if (Category is { } category)
            courses = courses.Where(course => course.CategoryId == category.Id);
        if (Filter.Level is { } level)
            courses = courses.Where(course => course.Card.Level == level);
        if (Campaign?.Courses.Select(course => course.CourseId).ToHashSet() is { } promoted)
            courses = courses.Where(course => promoted.Contains(course.Card.Id));
        if (Filter.Price != PriceFilter.Any)
            courses = courses.Where(course => Wanted(course.Card.Price));
        return courses;
    }

    /// <summary>What the words name stands before what they are only a part of, unless another order is asked for.</summary>
    private IEnumerable<WindowCourse> InOrder(IEnumerable<WindowCourse> found, FoundCourses hits) => Filter.Order == CourseOrder.Default
        ? found.OrderByDescending(course => hits.Named.Contains(course.Card.Id)).ThenByDescending(course => course.Card.Learners).ThenBy(course => course.Card.Id)
        : WindowView.Sort(found, Filter.Order);

    private bool Wanted(CampaignPrice today) => Filter.Price switch
    {
        PriceFilter.Free => today.Price.IsZero,
        PriceFilter.Paid => !today.Price.IsZero,
        _ => today.Campaign is not null,
    };
}

using System.Globalization;
using System.Text.Encodings.Web;
using CourseShop.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Html;

namespace CourseShop.Pages;

/// <summary>Renders shelves of courses. What is the same for everybody is rendered once for each look at the shop window and language, and kept with it.</summary>
public sealed class ShelfRenderer(IServiceProvider services, HtmlEncoder encoder, ILoggerFactory logs)
{
    /// <param name="view">What the courses were taken from.</param>
    /// <param name="courses">What stands on the shelf.</param>
    /// <param name="name">Tells this shelf from the others of the view.</param>
    /// <param name="pages">Where it goes on; none for a shelf that is whole.</param>
    public async ValueTask<IHtmlContent> ShowAsync(WindowView view, IReadOnlyList<CourseCard> courses, string name, ShelfPages? pages = null)
    {
        var key = Key("shelf", name);
        if (view.Shelves.Find(key) is { } kept)
            return kept;
        var shown = await ShowAsync(courses, [], new Dictionary<long, string>(), pages);
        view.Shelves.Keep(key, shown);
        return shown;
    }

    /// <summary>Markup around a shelf that is the same for everybody.</summary>
    /// <param name="view">What it tells of.</param>
    /// <param name="name">Tells it from the others of the view.</param>
    /// <param name="markup">A page's own, run only where none is kept.</param>
    public IHtmlContent Show(WindowView view, string name, Func<object?, IHtmlContent> markup)
    {
        var key = Key("page", name);
        if (view.Shelves.Find(key) is { } kept)
            return kept;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        markup(null).WriteTo(text, encoder);
        var shown = new HtmlString(text.ToString());
        view.Shelves.Keep(key, shown);
        return shown;
    }

    /// <summary>For a search: nobody else may ask for the same.</summary>
    public async Task<IHtmlContent> ShowAsync(IReadOnlyList<CourseCard> courses, IReadOnlyList<string> words, IReadOnlyDictionary<long, string> passages, ShelfPages? pages)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(CourseShelf.Courses)] = courses,
            [nameof(CourseShelf.Words)] = words,
            [nameof(CourseShelf.Passages)] = passages,
            [nameof(CourseShelf.Pages)] = pages,
        });
        return new HtmlString(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CourseShelf>(parameters)).ToHtmlString()));
    }

    private static string Key(string kind, string name) => $"{CultureInfo.CurrentUICulture.Name} {kind} {name}";
}

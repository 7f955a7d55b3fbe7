using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CourseShop.Tests.Support;

/// <summary>Notes everything that is wrong with the pages a person sees: errors of scripts, failed requests, pages wider than the screen, what axe finds.</summary>
public sealed partial class PageWatch
{
    private const string Everything = "{ resultTypes: ['violations'], preload: false }";
    private const string Colours = "{ resultTypes: ['violations'], preload: false, runOnly: ['color-contrast'] }";

    // the library's own way opens a further page for every look, which takes longer than looking
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly ConcurrentQueue<string> _troubles = new();
    private readonly HashSet<int> _expected = [];

    public PageWatch(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) // told by its response
                Note(message.Page?.Url, $"console: {message.Text}");
        };
        context.WebError += (_, error) => Note(error.Page?.Url, $"script: {error.Error}");
        context.Response += (_, response) =>
        {
            if (response.Status >= 400 && !_expected.Contains(response.Status))
                Note(response.Url, $"answer {response.Status}");
        };
        context.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") // whoever leaves a page leaves its requests
                Note(request.Url, $"request failed: {request.Failure}");
        };
    }

    public IReadOnlyCollection<string> Troubles => _troubles;

    /// <summary>An answer that the story is about.</summary>
    public void Expect(int status) => _expected.Add(status);

    public async Task MeasureAsync(IPage page)
    {
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0)
            Note(page.Url, $"{over} px wider than the screen of {page.ViewportSize?.Width} px");
    }

    /// <summary>Everything by daylight, and the colours once more in the dark.</summary>
    public async Task AskAxeAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        await AskAxeAsync(page, Everything, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await AskAxeAsync(page, Colours, "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task AskAxeAsync(IPage page, string options, string light)
    {
        var found = await page.EvaluateAsync<string[]>(
            $"async () => (await axe.run({options})).violations.map(rule => `${{rule.id}}: ${{rule.nodes[0].target}} × ${{rule.nodes.length}}`)");
        foreach (var violation in found)
            Note(page.Url, $"axe ({light}, {page.ViewportSize?.Width} px) {violation}");
    }

    private void Note(string? url, string trouble) => _troubles.Enqueue($"{Host().Replace(url ?? "", "")} {trouble}");

    [GeneratedRegex("^https?://[^/]*", RegexOptions.None, 1000)]
    private static partial Regex Host();
}

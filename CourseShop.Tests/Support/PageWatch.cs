using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CourseShop.Tests.Support;

/// <summary>Notes everything that is wrong with the pages a person sees: errors of scripts, failed requests, pages wider than the screen, what axe finds.</summary>
public sealed partial class PageWatch
{
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions Colours = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

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
        await AskAxeAsync(page, Everything, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await AskAxeAsync(page, Colours, "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private async Task AskAxeAsync(IPage page, AxeRunOptions options, string light)
    {
        var found = await page.RunAxe(options);
        foreach (var violation in found.Violations)
            Note(page.Url, $"axe {violation.Id} ({light}, {page.ViewportSize?.Width} px): {violation.Nodes[0].Target} × {violation.Nodes.Length}");
    }

    private void Note(string? url, string trouble) => _troubles.Enqueue($"{Host().Replace(url ?? "", "")} {trouble}");

    [GeneratedRegex("^https?://[^/]*", RegexOptions.None, 1000)]
    private static partial Regex Host();
}

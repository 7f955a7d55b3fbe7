using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace CourseShop.Components;

/// <summary>Markdown as staff and authors write it, as HTML that can do no harm: no raw HTML, and links only to the web, to mail and into the shop.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    /// <param name="markdown">The text.</param>
    /// <param name="headingsFrom">The level that the text's highest heading takes on this page.</param>
    public static IHtmlContent ToHtml(string markdown, int headingsFrom = 3)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        LowerHeadings(document, headingsFrom);
        foreach (var code in document.Descendants<CodeBlock>())
            code.GetAttributes().AddPropertyIfNotExist("tabindex", "0"); // long lines scroll: also by keyboard
        foreach (var link in document.Descendants<LinkInline>())
            MakeSafe(link);

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        if (renderer.ObjectRenderers.FindExact<CodeBlockRenderer>() is { } codeBlocks)
            codeBlocks.OutputAttributesOnPre = true;
        renderer.Render(document);
        return new HtmlString(html.ToString());
    }

    private static void LowerHeadings(MarkdownDocument document, int headingsFrom)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        var highest = headings.Select(heading => heading.Level).DefaultIfEmpty(1).Min();
        foreach (var heading in headings)
            heading.Level = Math.Min(6, heading.Level - highest + headingsFrom);
    }

    private static void MakeSafe(LinkInline link)
    {
        if (!IsHarmless(link.Url))
            link.Url = "";
        if (link.IsImage)
            link.GetAttributes().AddPropertyIfNotExist("loading", "lazy");
        else if (link.Url?.StartsWith("http", StringComparison.OrdinalIgnoreCase) == true)
            link.GetAttributes().AddPropertyIfNotExist("rel", "noopener nofollow");
    }

    private static bool IsHarmless(string? url) =>
        url is null or "" || url[0] is '/' or '#' or '?'
        || (Uri.TryCreate(url, UriKind.Absolute, out var address)
            ? address.Scheme is "http" or "https" or "mailto"
            : !url.Contains(':', StringComparison.Ordinal));
}

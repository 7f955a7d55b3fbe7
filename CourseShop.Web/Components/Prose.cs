using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace CourseShop.Components;

/// <summary>Markdown for readers: no HTML of its own, no styles, links only to the web and to the shop, pictures only of the shop.</summary>
public static class Prose
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    private static readonly MarkdownPipeline Verse = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    /// <summary>Renders a text whose highest heading becomes this level; the others follow below it. What is nested deeper than anybody can read is shown as it was typed.</summary>
    /// <param name="breaksLines">Whether a line ends where its writer ended it: people who write online mean that.</param>
    public static HtmlString Html(string markdown, int firstHeading = 3, bool breaksLines = false)
    {
        try
        {
            return new HtmlString(Render(Checked(Markdown.Parse(markdown, breaksLines ? Verse : Pipeline), firstHeading)));
        }
        catch (ArgumentException) // the limit of depth of the parser and of the renderer
        {
            return new HtmlString(Render(new MarkdownDocument { new ParagraphBlock { Inline = new ContainerInline().AppendChild(new LiteralInline(markdown)) } }));
        }
    }

    private static MarkdownDocument Checked(MarkdownDocument document, int firstHeading)
    {
        Lower(document.Descendants<HeadingBlock>().ToList(), firstHeading);
        foreach (var column in document.Descendants<Table>().SelectMany(table => table.ColumnDefinitions))
            column.Alignment = null; // would be written as a style
        foreach (var link in document.Descendants<LinkInline>().ToList())
            Check(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToList())
            Check(link);
        foreach (var code in document.Descendants<CodeBlock>())
            code.GetAttributes().AddPropertyIfNotExist("tabindex", "0"); // long lines scroll: also by keyboard
        return document;
    }

    private static string Render(MarkdownDocument document)
    {
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        if (renderer.ObjectRenderers.FindExact<CodeBlockRenderer>() is { } codeBlocks)
            codeBlocks.OutputAttributesOnPre = true;
        renderer.Render(document);
        return html.ToString();
    }

    private static void Lower(List<HeadingBlock> headings, int first)
    {
        var highest = headings.Select(heading => heading.Level).DefaultIfEmpty(1).Min();
        foreach (var heading in headings)
            heading.Level = Math.Min(6, heading.Level - highest + first);
    }

    private static void Check(LinkInline link)
    {
        link.GetDynamicUrl = null;
        if (link.IsImage && IsOfTheShop(link.Url))
            link.GetAttributes().AddPropertyIfNotExist("loading", "lazy");
        else if (!link.IsImage && (IsOfTheShop(link.Url) || IsOfTheWeb(link.Url)))
            Distrust(link);
        else
            link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()))), copyChildren: false);
    }

    private static void Check(AutolinkInline link)
    {
        if (!link.IsEmail && IsOfTheWeb(link.Url))
            Distrust(link);
        else
            link.ReplaceBy(new LiteralInline(link.Url));
    }

    private static void Distrust(IMarkdownObject link) => link.GetAttributes().AddPropertyIfNotExist("rel", "nofollow noopener");

    private static bool IsOfTheShop(string? url) => url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal);

    private static bool IsOfTheWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}

using CourseShop.Components;

namespace CourseShop.Tests.Components;

public sealed class ProseTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("[x][1]\n\n[1]: vbscript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://evil.example/spy.png)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("# x {onclick=alert(1) style=color:red}")]
    public void Nothing_that_runs_or_loads_from_elsewhere_comes_through(string markdown)
    {
        var html = Prose.Html(markdown).Value!;

        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script,img,iframe,a"));
        Assert.DoesNotContain(document.All, element => element.Attributes.Any(attribute => attribute.Name is "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("# 一\n\n## 二", "<h3>一</h3>\n<h4>二</h4>\n")]
    [InlineData("## 一\n\n### 二\n\n## 三", "<h3>一</h3>\n<h4>二</h4>\n<h3>三</h3>\n")]
    public void Headings_begin_below_those_of_the_page(string markdown, string html) => Assert.Equal(html, Prose.Html(markdown).Value);

    [Fact]
    public void A_link_to_the_web_is_not_vouched_for() =>
        Assert.Equal("<p><a href=\"https://example.com/a?b=1&amp;c=2\" rel=\"nofollow noopener\">那里</a></p>\n", Prose.Html("[那里](https://example.com/a?b=1&c=2)").Value);

    [Fact]
    public void A_picture_of_the_shop_is_shown() =>
        Assert.Equal("<p><img src=\"/covers/a.svg\" loading=\"lazy\" alt=\"封面\" /></p>\n", Prose.Html("![封面](/covers/a.svg)").Value);

    [Fact]
    public void A_table_is_laid_out_without_a_style()
    {
        var html = Prose.Html("| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |").Value!;

        Assert.Contains("<td>2</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style", html, StringComparison.Ordinal);
    }
}

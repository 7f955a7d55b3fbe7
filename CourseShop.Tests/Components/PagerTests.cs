using System.Globalization;
using Bunit;
using CourseShop.Components;

namespace CourseShop.Tests.Components;

public sealed class PagerTests : ComponentTests
{
    [Theory]
    [InlineData(1, 2, "1 2 下一页")]
    [InlineData(2, 2, "上一页 1 2")]
    [InlineData(1, 9, "1 2 … 9 下一页")]
    [InlineData(3, 9, "上一页 1 2 3 4 … 9 下一页")]
    [InlineData(4, 9, "上一页 1 2 3 4 5 … 9 下一页")]
    [InlineData(5, 9, "上一页 1 … 4 5 6 … 9 下一页")]
    [InlineData(9, 9, "上一页 1 … 8 9")]
    [InlineData(4, 6, "上一页 1 2 3 4 5 6 下一页")]
    [InlineData(900, 900, "上一页 1 … 899 900")]
    public void It_shows_the_ends_and_the_neighbours(int page, int last, string shown) => Assert.Equal(shown, Text(Pager(page, last).Find("nav")));

    [Fact]
    public void One_page_needs_none() => Assert.Equal("", Pager(1, 1).Markup.Trim());

    [Fact]
    public void It_marks_where_one_is_and_leads_before_and_after()
    {
        var pager = Pager(5, 9);

        Assert.Equal("5", pager.Find("[aria-current=page]").TextContent);
        Assert.Equal(("?page=4", "?page=6"), (pager.Find("[rel=prev]").GetAttribute("href"), pager.Find("[rel=next]").GetAttribute("href")));
    }

    [Fact]
    public void A_gap_always_stands_for_more_than_one_page()
    {
        for (var last = 2; last <= 20; last++)
        {
            for (var page = 1; page <= last; page++)
            {
                var shown = Pager(page, last).FindAll("nav > *:not([rel])").Select(link => link.TextContent).ToList();
                var gaps = shown.Index().Where(place => place.Item == "…").Select(place => Number(shown[place.Index + 1]) - Number(shown[place.Index - 1]));
                Assert.All(gaps, gap => Assert.True(gap > 2, $"page {page} of {last}: {string.Join(' ', shown)}"));
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private IRenderedComponent<Pager> Pager(int page, int last) =>
        Render<Pager>(parameters => parameters.Add(pager => pager.Page, page).Add(pager => pager.Last, last).Add(pager => pager.Link, number => $"?page={number}"));
}

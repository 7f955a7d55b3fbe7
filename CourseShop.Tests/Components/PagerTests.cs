using Bunit;
using CourseShop.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Components;

public sealed class PagerTests : IDisposable
{
    private readonly BunitContext _page = new();

    public PagerTests() => _page.Services.AddLocalization().AddLogging();

    public void Dispose() => _page.Dispose();

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 2, "1 2 下一页")]
    [InlineData(2, 3, "上一页 1 2 3 下一页")]
    [InlineData(1, 6, "1 2 … 6 下一页")]
    [InlineData(4, 6, "上一页 1 2 3 4 5 6 下一页")]
    [InlineData(5, 9, "上一页 1 … 4 5 6 … 9 下一页")]
    [InlineData(900, 900, "上一页 1 … 899 900")]
    public void First_last_and_neighbours_are_shown(int page, int last, string shown)
    {
        var pager = _page.Render<Pager>(parameters => parameters.Add(pager => pager.Page, page).Add(pager => pager.Last, last).Add(pager => pager.Link, number => $"/courses?page={number}"));

        Assert.Equal(shown, string.Join(' ', pager.FindAll("nav > *").Select(element => element.TextContent)));
        Assert.All(pager.FindAll("[aria-current=page]"), link => Assert.Equal($"/courses?page={page}", link.GetAttribute("href")));
    }
}

using CourseShop.Catalog;
using CourseShop.Pages.Courses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CourseShop.Tests.Pages.Courses;

public sealed class ListFilterTests
{
    [Fact]
    public void An_empty_address_asks_for_everything()
    {
        var filter = Read("");

        Assert.Equal(new ListFilter("", null, PriceFilter.Any, CourseOrder.Default, null, "", 1), filter);
        Assert.False(filter.IsNarrow);
        Assert.Equal("/courses", filter.Link);
    }

    [Fact]
    public void Every_key_is_read_and_written_again()
    {
        const string address = "/courses?category=data&level=advanced&price=promoted&campaign=7&q=%E6%95%B0%20a%26b&sort=-price&page=3";

        var filter = Read(address);

        Assert.Equal(new ListFilter("data", CourseLevel.Advanced, PriceFilter.Promoted, CourseOrder.Dearest, 7, "数 a&b", 3), filter);
        Assert.Equal(filter, Read(filter.Link));
    }

    [Theory]
    [InlineData("level=xyz")]
    [InlineData("level=1")]
    [InlineData("price=cheap")]
    [InlineData("price=")]
    [InlineData("sort=DROP")]
    [InlineData("page=-1")]
    [InlineData("page=0")]
    [InlineData("page=1.5")]
    [InlineData("page=99999999999999999999999")]
    [InlineData("campaign=x")]
    [InlineData("q=%20%00%09")]
    [InlineData("unknown=1")]
    public void What_cannot_be_read_is_passed_over(string query) => Assert.Equal("/courses", Read("?" + query).Link);

    [Fact]
    public void A_far_page_stays_a_number() => Assert.Equal(int.MaxValue, Read("?page=9999999999999").Page);

    [Fact]
    public void A_long_search_is_cut_without_breaking_a_sign()
    {
        Assert.Equal(60, Read("?q=" + new string('a', 500)).Text.Length);
        Assert.Equal(59, Read("?q=" + Uri.EscapeDataString(new string('a', 59) + "😀😀")).Text.Length);
    }

    private static ListFilter Read(string address)
    {
        var start = address.IndexOf('?', StringComparison.Ordinal);
        return ListFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(start < 0 ? "" : address[start..])));
    }
}

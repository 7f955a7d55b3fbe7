using System.Globalization;
using CourseShop.Common;
using Microsoft.AspNetCore.Http.Extensions;

namespace CourseShop.Pages.Articles;

/// <summary>What the address of the list of articles asks for. What can't be read is passed over.</summary>
/// <param name="Text">Searched for in titles and authors' names.</param>
public sealed record ArticleFilter(bool IsPopular, string Text, int Page)
{
    public const int LongestText = 60;

    /// <summary>The address that asks for this; the same for every way of asking for it.</summary>
    public string Link
    {
        get
        {
            var query = new QueryBuilder();
            if (Text.Length > 0)
                query.Add("q", Text);
            if (IsPopular)
                query.Add("sort", "popular");
            if (Page > 1)
                query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
            return "/articles" + query.ToQueryString();
        }
    }

    public static ArticleFilter Read(IQueryCollection query) => new(
        query["sort"].FirstOrDefault() == "popular",
        WrittenText.Line(query["q"].FirstOrDefault(), LongestText),
        int.TryParse(query["page"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1);
}

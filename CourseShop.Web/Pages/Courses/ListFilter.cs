using System.Globalization;
using CourseShop.Catalog;
using Microsoft.AspNetCore.Http.Extensions;

namespace CourseShop.Pages.Courses;

public enum PriceFilter
{
    Any,

    /// <summary>Costs nothing now.</summary>
    Free,

    /// <summary>Costs something now.</summary>
    Paid,

    /// <summary>A running campaign lowers it.</summary>
    Promoted,
}

public enum CourseOrder
{
    Default,
    Newest,
    Popular,
    Cheapest,
    Dearest,
}

/// <summary>What the address of the list asks for. What can't be read is passed over.</summary>
/// <param name="Category">A slug.</param>
/// <param name="Campaign">Only the courses of one campaign.</param>
/// <param name="Text">Searched for in titles and teachers' names; at most 60 characters.</param>
public sealed record ListFilter(string Category, CourseLevel? Level, PriceFilter Price, CourseOrder Order, long? Campaign, string Text, int Page)
{
    public const int LongestText = 60;

    /// <summary>The keys of the address that make a difference.</summary>
    public static readonly string[] Keys = ["category", "level", "price", "sort", "campaign", "q", "page"];

    private static readonly string[] Levels = ["beginner", "intermediate", "advanced"];
    private static readonly string[] Prices = ["", "free", "paid", "promoted"];
    private static readonly string[] Orders = ["default", "newest", "popular", "price", "-price"];

    /// <summary>Whether today's prices must be known to say which courses are meant, and in which order.</summary>
    public bool AsksForPrices => Price != PriceFilter.Any || Order is CourseOrder.Cheapest or CourseOrder.Dearest;

    public bool IsNarrow => Category.Length > 0 || Level is not null || Price != PriceFilter.Any || Campaign is not null || Text.Length > 0;

    /// <summary>The address that asks for this; the same for every way of asking for it.</summary>
    public string Link
    {
        get
        {
            var query = new QueryBuilder();
            if (Category.Length > 0)
                query.Add("category", Category);
            if (Level is { } level)
                query.Add("level", Levels[(int)level]);
            if (Price != PriceFilter.Any)
                query.Add("price", Prices[(int)Price]);
            if (Campaign is { } campaign)
                query.Add("campaign", campaign.ToString(CultureInfo.InvariantCulture));
            if (Text.Length > 0)
                query.Add("q", Text);
            if (Order != CourseOrder.Default)
                query.Add("sort", Orders[(int)Order]);
            if (Page > 1)
                query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
            return "/courses" + query.ToQueryString();
        }
    }

    public static ListFilter Read(IQueryCollection query)
    {
        string Said(string key) => query[key].FirstOrDefault() ?? "";
        int Place(string[] words, string key) => Math.Max(0, Array.IndexOf(words, Said(key)));
        long? Number(string key) => long.TryParse(Said(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        return new ListFilter(
            Said("category"),
            Array.IndexOf(Levels, Said("level")) is >= 0 and var level ? (CourseLevel)level : null,
            (PriceFilter)Place(Prices, "price"),
            (CourseOrder)Place(Orders, "sort"),
            Number("campaign"),
            Clean(Said("q")),
            (int)Math.Clamp(Number("page") ?? 1, 1, int.MaxValue));
    }

    private static string Clean(string text)
    {
        var readable = new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        if (readable.Length <= LongestText)
            return readable;
        var end = char.IsHighSurrogate(readable[LongestText - 1]) ? LongestText - 1 : LongestText;
        return readable[..end].TrimEnd();
    }
}

using System.Text;
using System.Xml;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>RSS 2.0: the newest articles of the shop, or of one author. Every address in it is absolute.</summary>
public static class ArticleFeedEndpoint
{
    private const int Most = 30;

    public static void MapArticleFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet("/articles/feed", (Delegate)((HttpContext context) => SendAsync(context, null))).AllowAnonymous();
        app.MapGet("/authors/{id:long}/feed", (HttpContext context, long id) => SendAsync(context, id)).AllowAnonymous();
    }

    private static async Task<IResult> SendAsync(HttpContext context, long? author)
    {
        var services = context.RequestServices;
        var db = services.GetRequiredService<ShopDb>();
        var articles = author is { } id ? db.Articles.Published().WrittenBy(id) : db.Articles.Published();
        var items = await articles.Newest().Take(Most).Select(article => new Item(
            article.Id, article.Title, article.Summary, article.PublishedAt!.Value,
            db.Users.Where(user => user.Id == article.AuthorId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First())).ToListAsync(context.RequestAborted);
        if (author is not null && items.Count == 0)
            return Results.NotFound();

        var shop = services.GetRequiredService<IOptions<ShopOptions>>().Value.Name;
        var words = services.GetRequiredService<IStringLocalizer<Words>>();
        var address = services.GetRequiredService<ShopAddress>().Public(context.Request);
        var page = author is null ? "/articles" : $"/authors/{author}";
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(Write($"{(author is null ? words["文章"] : items[0].Author)} · {shop}", address, page, items), "application/rss+xml; charset=utf-8");
    }

    private static byte[] Write(string title, string address, string page, IReadOnlyList<Item> items)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("channel");
            xml.WriteElementString("title", title);
            xml.WriteElementString("link", address + page);
            xml.WriteElementString("description", title);
            foreach (var item in items)
                Write(xml, address, item);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter xml, string address, Item item)
    {
        var link = $"{address}/articles/{item.Id}";
        xml.WriteStartElement("item");
        xml.WriteElementString("title", item.Title);
        xml.WriteElementString("link", link);
        xml.WriteElementString("guid", link);
        xml.WriteElementString("pubDate", item.PublishedAt.UtcDateTime.ToString("r", System.Globalization.CultureInfo.InvariantCulture));
        xml.WriteElementString("dc", "creator", "http://purl.org/dc/elements/1.1/", item.Author);
        xml.WriteElementString("description", item.Summary);
        xml.WriteEndElement();
    }

    private sealed record Item(long Id, string Title, string Summary, DateTimeOffset PublishedAt, string Author);
}

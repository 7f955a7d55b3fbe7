using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>What somebody does who means no good, and what an answer must look like all the same.</summary>
public static class Attack
{
    /// <summary>What no field, query or address was made for.</summary>
    public static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e400", "NaN", "0x10", "1.5", "１２", "true",
        "' OR 1=1--", "\"; DROP TABLE Orders;--", "\0", "a\0b", "%00", "%", "..\\..\\x", "../../etc/passwd", "\r\nSet-Cookie: a=b", "\u001b[31mred",
        "😀👨‍👩‍👧", "\u202Eabc\u2066", "\u200B", "\uFEFF", "e\u0301", "\uFFFF", "<script>alert(1)</script>", "\"onmouseover=alert(1) x=\"", "{\"a\":[1]}", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>&b;",
        "{0}", "{99}", "${7*7}", "//evil.example", "2026-02-30", new('a', 10_000), new('(', 5_000), new('9', 400),
    ];

    public static KeyValuePair<string, string> Field(string name, string value) => new(name, value);

    /// <summary>The antiforgery token that this person would send from the shop's own forms.</summary>
    public static async Task<KeyValuePair<string, string>> TokenAsync(this Shopper shopper)
    {
        foreach (var page in new[] { "/account/sign-out", "/account/sign-in" })
        {
            if ((await shopper.GetAsync(page)).Document.QuerySelector("main input[name=__RequestVerificationToken]") is { } field)
                return new("__RequestVerificationToken", field.GetAttribute("value")!);
        }

        throw new InvalidOperationException("No form with a token was found.");
    }

    public static async Task<SeenPage> SendAsync(this Shopper shopper, HttpRequestMessage request)
    {
        var response = await shopper.Client.SendAsync(request);
        return new(response.StatusCode, response.Headers.Location, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>A POST whose body and type are given as they are.</summary>
    public static Task<SeenPage> PostRawAsync(this Shopper shopper, string path, string? type, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return shopper.SendAsync(request);
    }

    /// <summary>What is wrong with an answer to nonsense; null when it is a page to be read, or a status with its headers.</summary>
    public static string? Fault(this SeenPage page)
    {
        if ((int)page.Status >= 500)
            return $"{(int)page.Status}";
        if (page.Response.Headers.Concat(page.Response.Content.Headers).FirstOrDefault(header => header.Value.Any(value => value.Any(letter => letter is < ' ' or > '~'))) is { Key: not null } odd)
            return $"{odd.Key} can't be sent: {string.Join(' ', odd.Value)}";
        if (MissingHeader(page) is { } missing)
            return $"says nothing of {missing}";
        var isPage = page.Response.Content.Headers.ContentType?.MediaType == "text/html" && page.Html.Length > 0;
        if (isPage && page.Document.QuerySelector("main h1, main h2") is null)
            return "is no page that can be read";
        return isPage ? Foreign(page) : null;
    }

    /// <summary>The first header that is missing or too weak.</summary>
    public static string? MissingHeader(this SeenPage page)
    {
        string Said(string name) => page.Response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        var policy = Said("Content-Security-Policy");
        if (new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'" }.FirstOrDefault(part => !policy.Contains(part, StringComparison.Ordinal)) is { } part)
            return $"Content-Security-Policy {part}";
        if (policy.Contains("unsafe", StringComparison.Ordinal))
            return "a strict Content-Security-Policy";
        if (page.Response.Headers.Contains("Server") || page.Response.Headers.Contains("X-Powered-By"))
            return "less: it names its server";
        return Said("X-Content-Type-Options") != "nosniff" ? "nosniff" : Said("Referrer-Policy") != "same-origin" ? "Referrer-Policy" : null;
    }

    /// <summary>The first thing in a page that is no markup of the shop's own: a script, a handler, a frame, a link that runs.</summary>
    public static string? Foreign(this SeenPage page) => page.Document.All.FirstOrDefault(element =>
        (element.LocalName == "script" && (element.TextContent.Length > 0 || element.GetAttribute("src")?[0] != '/'))
        || element.LocalName is "iframe" or "object" or "embed" or "base" or "style"
        || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name == "style"
            || (attribute.Name is "href" or "src" or "action" or "formaction" && attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))))?.OuterHtml;

    /// <summary>Everything that the database holds, in one mark.</summary>
    public static Task<string> FingerprintAsync(this ShopHost shop) => shop.ReadAsync(async db =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        foreach (var table in await ReadAsync(connection, shop.IsOnPostgres ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1" : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
            hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', (await ReadAsync(connection, $"SELECT * FROM \"{table}\"")).Order(StringComparer.Ordinal))));
        return Convert.ToHexString(hash.GetHashAndReset());
    });

    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static async Task<List<string>> ReadAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the names of the tables are the database's own
        command.CommandText = statement;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        return rows;
    }
}

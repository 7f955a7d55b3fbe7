using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CourseShop.Publishing;

/// <summary>A reader of an article on a day of Beijing's calendar: counted once. The mark can't be led back to the reader, nor from one article to another.</summary>
public sealed class ArticleRead(long articleId, DateOnly day, string mark)
{
    public long Id { get; private set; }
    public long ArticleId { get; private set; } = articleId;
    public DateOnly Day { get; private set; } = day;
    public string Mark { get; private set; } = mark;

    /// <param name="reader">Who reads: an account, or a guest's key.</param>
    public static ArticleRead By(string reader, long articleId, DateOnly day) =>
        new(articleId, day, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{reader}|{articleId}|{day:yyyyMMdd}"))).AsSpan(0, 16)));
}

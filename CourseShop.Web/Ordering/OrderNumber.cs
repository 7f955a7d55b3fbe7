using System.Globalization;
using System.Security.Cryptography;
using CourseShop.Common;

namespace CourseShop.Ordering;

/// <summary>订单号: Beijing's date, then sixteen random digits: unique across processes without asking anybody. Knowing one grants nothing.</summary>
public static class OrderNumber
{
    public const int Length = 24;

    public static string New(DateTimeOffset now) =>
        now.ToBeijing().ToString("yyyyMMdd", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetString("0123456789", Length - 8);

    public static bool IsWellFormed(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiDigit);
}

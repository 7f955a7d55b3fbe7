using System.Globalization;
using System.Security.Cryptography;
using CourseShop.Common;

namespace CourseShop.Ordering;

/// <summary>订单号: Beijing's date and time to the second, then ten random digits. Unique across processes without asking anybody; knowing one grants nothing.</summary>
public static class OrderNumber
{
    public const int Length = 24;

    public static string New(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"{now.ToBeijing():yyyyMMddHHmmss}{RandomNumberGenerator.GetInt32(100_000):00000}{RandomNumberGenerator.GetInt32(100_000):00000}");

    public static bool IsWellFormed(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiDigit);
}

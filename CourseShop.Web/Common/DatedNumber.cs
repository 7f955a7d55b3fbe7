using System.Globalization;
using System.Security.Cryptography;

namespace CourseShop.Common;

/// <summary>Numbers that people read and gateways keep: a letter for what it is, Beijing's date, sixteen random digits; unique across processes without asking anybody.</summary>
public static class DatedNumber
{
    /// <summary>A number that was never used.</summary>
    /// <param name="letter">What it is a number of.</param>
    /// <param name="now">UTC.</param>
    public static string New(char letter, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{letter}{now.ToBeijing():yyyyMMdd}{RandomNumberGenerator.GetString("0123456789", 16)}");
}

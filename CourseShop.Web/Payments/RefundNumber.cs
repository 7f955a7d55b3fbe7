using System.Globalization;
using System.Security.Cryptography;
using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>退款单号 (Alipay: out_request_no): R, Beijing's date, sixteen random digits: unique across processes without asking anybody.</summary>
public static class RefundNumber
{
    /// <summary>A number that was never used.</summary>
    /// <param name="now">UTC.</param>
    public static string New(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"R{now.ToBeijing():yyyyMMdd}{RandomNumberGenerator.GetString("0123456789", 16)}");
}

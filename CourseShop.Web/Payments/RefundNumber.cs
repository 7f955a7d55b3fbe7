using CourseShop.Common;

namespace CourseShop.Payments;

/// <summary>退款单号 (Alipay: out_request_no): R, Beijing's date, sixteen random digits.</summary>
public static class RefundNumber
{
    /// <summary>A number that was never used.</summary>
    /// <param name="now">UTC.</param>
    public static string New(DateTimeOffset now) => DatedNumber.New('R', now);
}

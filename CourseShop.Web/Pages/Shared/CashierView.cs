using System.Globalization;
using CourseShop.Payments;

namespace CourseShop.Pages.Shared;

/// <summary>The cashier of a top-up or a tip.</summary>
/// <param name="Path">Its own address; the state is asked for below it.</param>
/// <param name="Heading">What is paid.</param>
/// <param name="Payment">Where it stands.</param>
/// <param name="Now">The time.</param>
/// <param name="IsInWeChat">WeChat's own browser refuses to open Alipay.</param>
/// <param name="Again">Where one begins anew once it has ended.</param>
public sealed record CashierView(string Path, string Heading, AwaitedPayment Payment, DateTimeOffset Now, bool IsInWeChat, string Again)
{
    public PaymentStanding Standing => Payment.Standing(Now);
    public bool IsOverdue => Payment.IsOverdue(Now);
    public bool CanPay => CourseShop.Payments.Payment.LeavesTime(Payment.PayBy, Now);
    public long SecondsLeft => (long)Math.Ceiling(Payment.TimeLeft(Now).TotalSeconds);
    public string TimeLeft => Payment.TimeLeft(Now) is { TotalHours: >= 1 } hours ? hours.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) : Payment.TimeLeft(Now).ToString(@"mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>Whether this visitor holds a phone, and whether its browser is WeChat's.</summary>
    public static (bool IsPhone, bool IsInWeChat) Device(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return (agent.Contains("Mobile", StringComparison.OrdinalIgnoreCase) || agent.Contains("Android", StringComparison.OrdinalIgnoreCase), agent.Contains("MicroMessenger", StringComparison.OrdinalIgnoreCase));
    }
}

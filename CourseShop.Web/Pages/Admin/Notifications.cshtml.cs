using System.Linq.Expressions;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

/// <param name="Body">The beginning of what was sent.</param>
/// <param name="BodyLength">How long the whole is.</param>
public sealed record NotificationRow(long Id, DateTimeOffset ReceivedAt, string? OutTradeNo, string? TradeStatus, NotificationVerdict Verdict, string RemoteAddress, string Body, int BodyLength)
{
    public const int MostShown = 4_000;

    public static readonly Expression<Func<PaymentNotification, NotificationRow>> Read = notification => new NotificationRow(
        notification.Id, notification.ReceivedAt, notification.OutTradeNo, notification.TradeStatus, notification.Verdict, notification.RemoteAddress,
        notification.Body.Substring(0, MostShown), notification.Body.Length);
}

/// <summary>What Alipay sent, and whoever pretended to be Alipay; newest first.</summary>
public sealed class NotificationsModel(ShopDb db) : PageModel
{
    public const int PageSize = 20;

    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<NotificationRow> Notifications { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        var verdict = StaffView.Find<NotificationVerdict>(state);
        State = verdict?.Code() ?? (state == StaffView.NeedsAPerson ? state : "");
        Search = StaffView.Clean(q);
        var found = db.PaymentNotifications.Where(notification => after == null || notification.Id < after);
        if (verdict is not null)
            found = found.Where(notification => notification.Verdict == verdict);
        else if (State.Length > 0)
            found = found.NeedingAPerson();
        if (Search is { } text)
            found = found.Where(notification => notification.OutTradeNo == text || notification.NotifyId == text);
        var rows = await found.OrderByDescending(notification => notification.Id).Take(PageSize + 1).Select(NotificationRow.Read).ToListAsync(stop);

        Notifications = rows.Take(PageSize).ToList();
        Older = rows.Count > PageSize ? Address(rows[PageSize - 1].Id) : null;
        Newest = after is null ? null : Address(null);
    }

    private string Address(long? after) => StaffView.Address("/admin/notifications", State, Search, after);
}

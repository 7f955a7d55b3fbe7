using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

public sealed record RefundRow(long Id, string Number, string OrderNumber, DateTimeOffset CreatedAt, OrderRefundStatus Status, bool IsRequest, string Reason, int Credits, Money Money);

/// <summary>Every refund of orders, newest first: what waits for staff, what is on its way, what became of the rest.</summary>
public sealed class RefundsModel(ShopDb db) : PageModel
{
    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<RefundRow> Refunds { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        var status = StaffView.Find<OrderRefundStatus>(state);
        State = status?.Code() ?? (state == StaffView.NeedsAPerson ? state : "");
        Search = StaffView.Clean(q);
        var found = db.OrderRefunds.Where(refund => after == null || refund.Id < after);
        if (status is not null)
            found = found.Where(refund => refund.Status == status);
        else if (State.Length > 0)
            found = found.NeedingAPerson();
        if (Search is { } text)
            found = found.Where(refund => refund.Number == text || db.Orders.Any(order => order.Id == refund.OrderId && order.Number == text));
        var rows = await found.OrderByDescending(refund => refund.Id).Take(StaffView.PageSize + 1)
            .Select(refund => new RefundRow(refund.Id, refund.Number, db.Orders.Where(order => order.Id == refund.OrderId).Select(order => order.Number).First(), refund.CreatedAt, refund.Status, refund.IsRequest, refund.Reason, refund.Credits, refund.Money))
            .ToListAsync(stop);

        Refunds = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? Address(rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : Address(null);
    }

    private string Address(long? after) => StaffView.Address("/admin/refunds", State, Search, after);
}

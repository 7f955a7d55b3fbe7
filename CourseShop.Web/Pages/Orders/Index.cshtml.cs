using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.Orders;

public sealed record OrderTab(string State, string Word, int Count);

public sealed class IndexModel(CurrentShopper shopper, ShopDb db, IOptions<OrderingOptions> options, TimeProvider clock) : PageModel
{
    public const int MostCounted = 100;
    private const int PageSize = 10;

    private static readonly Dictionary<string, (string Word, OrderStatus[] Statuses)> States = new(StringComparer.Ordinal)
    {
        [""] = ("全部", Enum.GetValues<OrderStatus>()),
        ["awaiting_payment"] = ("待支付", [OrderStatus.AwaitingPayment]),
        ["paid"] = ("已支付", [OrderStatus.Paid]),
        ["cancelled"] = ("已取消", [OrderStatus.Cancelled, OrderStatus.TimedOut]),
        ["refunded"] = ("退款", [OrderStatus.PartRefunded, OrderStatus.Refunded]),
    };

    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<OrderTab> Tabs { get; private set; } = [];
    public IReadOnlyList<OrderCard> Orders { get; private set; } = [];
    public long? Next { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        State = state is not null && States.ContainsKey(state) ? state : "";
        Search = string.IsNullOrWhiteSpace(q) ? null : q.Trim()[..Math.Min(q.Trim().Length, 64)];
        var mine = db.Orders.OwnedBy(shopper.Id).AsNoTracking();
        Tabs = await CountAsync(mine, stop);

        var statuses = States[State].Statuses;
        var found = mine.Where(order => statuses.Contains(order.Status));
        if (Search is { } text)
            found = found.Where(order => order.Number == text || order.Lines.Any(line => line.CourseTitle.Contains(text)));
        if (after is { } id)
            found = found.Where(order => order.Id < id);
        var page = await found.OrderByDescending(order => order.Id).Take(PageSize + 1).Select(OrderCard.Read(db, clock.GetUtcNow() - options.Value.RefundWindow)).ToListAsync(stop);
        Orders = page.Take(PageSize).ToList();
        Next = page.Count > PageSize ? page[PageSize - 1].Id : null;
    }

    public string Older(long after) => $"/orders?after={after}"
        + (State.Length > 0 ? $"&state={State}" : "") + (Search is { } text ? $"&q={Uri.EscapeDataString(text)}" : "");

    private static async Task<List<OrderTab>> CountAsync(IQueryable<Order> mine, CancellationToken stop)
    {
        var counts = await mine.OrderByDescending(order => order.Id).Take(MostCounted * 10).GroupBy(order => order.Status)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        return States.Select(state => new OrderTab(state.Key, state.Value.Word, state.Value.Statuses.Sum(status => counts.GetValueOrDefault(status)))).ToList();
    }
}

using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

public sealed record OrderRow(long Id, string Number, DateTimeOffset CreatedAt, string User, string Title, OrderStatus Status, Money ListTotal, Money Total);

/// <summary>Every order, newest first; found by number or by the shopper's name.</summary>
public sealed class OrdersModel(ShopDb db) : PageModel
{
    private const int MostPeople = 200;

    public OrderStatus? State { get; private set; }
    public string? Search { get; private set; }
    public IReadOnlyList<OrderRow> Orders { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        State = Enum.GetValues<OrderStatus>().Cast<OrderStatus?>().FirstOrDefault(status => status!.Value.ToCode() == state);
        Search = StaffView.Clean(q);
        var found = db.Orders.Where(order => after == null || order.Id < after);
        if (State is { } status)
            found = found.Where(order => order.Status == status);
        if (Search is { } text)
            found = await MatchingAsync(found, text, stop);
        var rows = await found.OrderByDescending(order => order.Id).Take(StaffView.PageSize + 1)
            .Select(order => new OrderRow(order.Id, order.Number, order.CreatedAt, db.Users.Where(user => user.Id == order.UserId).Select(user => user.UserName!).First(), order.Title, order.Status, order.ListTotal, order.Total))
            .ToListAsync(stop);

        Orders = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? Address(rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : Address(null);
    }

    /// <summary>
    /// Digits are a number (also of a further attempt, NUMBER_2); anything else begins a user name, which is never all digits. The people are found first:
    /// asking of every order whose it is would go through all of them.
    /// </summary>
    private async Task<IQueryable<Order>> MatchingAsync(IQueryable<Order> orders, string text, CancellationToken stop)
    {
        var number = text.Split('_')[0];
        if (OrderNumber.IsWellFormed(number))
            return orders.Numbered(number);
        var name = text.ToUpperInvariant();
        var people = await db.Users.Where(user => user.NormalizedUserName!.StartsWith(name)).OrderBy(user => user.NormalizedUserName).Select(user => user.Id).Take(MostPeople).ToListAsync(stop);
        return orders.Where(order => people.Contains(order.UserId));
    }

    private string Address(long? after) => StaffView.Address("/admin/orders", State?.ToCode(), Search, after);
}

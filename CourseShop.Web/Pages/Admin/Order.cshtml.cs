using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Pages.Orders;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

public sealed record OrderBuyer(string Name, string? Email);

/// <summary>One order with everything that is known of it: prices, steps, attempts, and what the gateway told.</summary>
public sealed class OrderModel(ShopDb db) : PageModel
{
    private const int MostNotifications = 50;

    public Order Order { get; private set; } = null!;
    public OrderBuyer Buyer { get; private set; } = null!;
    public IReadOnlyList<Payment> Payments { get; private set; } = [];
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    public IReadOnlyList<NotificationRow> Notifications { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken stop)
    {
        var order = await db.Orders.AsNoTracking().AsSplitQuery()
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(step => step.Id))
            .SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return NotFound();
        Order = order;
        Buyer = await db.Users.Where(user => user.Id == order.UserId).Select(user => new OrderBuyer(user.UserName!, user.Email)).SingleAsync(stop);
        Payments = await db.Payments.AsNoTracking().OfOrder(number).ToListAsync(stop);
        Refunds = await RefundCard.OfAsync(db.OrderRefunds, order, stop);
        var attempts = Payments.Select(payment => payment.OutTradeNo).Append(number).Distinct(StringComparer.Ordinal).ToList();
        Notifications = await db.PaymentNotifications.Where(notification => attempts.Contains(notification.OutTradeNo!))
            .OrderByDescending(notification => notification.Id).Take(MostNotifications).Select(NotificationRow.Read).ToListAsync(stop);
        return Page();
    }
}

using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.Orders;

public sealed class OrderModel(CurrentShopper shopper, ShopDb db, IOptions<OrderingOptions> options, TimeProvider clock) : PageModel
{
    public Order Order { get; private set; } = null!;
    public IReadOnlyList<Payment> Payments { get; private set; } = [];
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    public bool MayAskForRefund => Refunds.Count > 0 || options.Value.LeavesTimeToAsk(Order.PaidAt, clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken stop)
    {
        var order = await db.Orders.OwnedBy(shopper.Id).AsNoTracking().AsSplitQuery()
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(step => step.Id))
            .SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return NotFound();
        Order = order;
        Payments = await db.Payments.AsNoTracking().OfOrder(number).ToListAsync(stop);
        Refunds = await RefundCard.OfAsync(db.OrderRefunds, order, stop);
        return Page();
    }
}

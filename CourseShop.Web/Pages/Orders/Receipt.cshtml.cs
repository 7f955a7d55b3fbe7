using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Orders;

public sealed class ReceiptModel(CurrentShopper shopper, ShopDb db) : PageModel
{
    public Order Order { get; private set; } = null!;
    public string? TradeNo { get; private set; }
    public Money Refunded => new(Order.Lines.Where(line => line.RefundedAt is not null).Sum(line => line.Amount.Fen));
    public string Buyer => shopper.Name;

    /// <summary>Only what was paid has a receipt.</summary>
    public async Task<IActionResult> OnGetAsync(string number, CancellationToken stop)
    {
        var order = await db.Orders.OwnedBy(shopper.Id).Where(order => order.PaidAt != null).AsNoTracking()
            .Include(order => order.Lines.OrderBy(line => line.Position)).SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return NotFound();
        Order = order;
        TradeNo = await db.Payments.OfOrder(number).Where(payment => payment.Status == PaymentStatus.Settled && payment.Channel == PaymentChannel.Alipay).Select(payment => payment.TradeNo).FirstOrDefaultAsync(stop);
        return Page();
    }
}

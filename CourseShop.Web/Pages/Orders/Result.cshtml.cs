using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Orders;

public enum ResultState
{
    Paid,
    Confirming,
    Closed,
}

public sealed class ResultModel(CurrentShopper shopper, ShopDb db, AskGateway ask) : PageModel
{
    public Order Order { get; private set; } = null!;
    public string? TradeNo { get; private set; }
    public PaymentChannel Channel { get; private set; }

    /// <summary>The money came after the order had ended, and everything could still be given.</summary>
    public bool WasRevived { get; private set; }

    /// <summary>Money that came for an order it can't be used for.</summary>
    public Payment? Stray { get; private set; }

    public ResultState State => Order.Status switch
    {
        OrderStatus.AwaitingPayment => ResultState.Confirming,
        OrderStatus.Cancelled or OrderStatus.TimedOut => ResultState.Closed,
        _ => ResultState.Paid,
    };

    /// <summary>While the payment is being confirmed, every look asks the gateway.</summary>
    public async Task<IActionResult> OnGetAsync(string number, CancellationToken stop)
    {
        var awaited = await db.Orders.OwnedBy(shopper.Id).AwaitingPayment().AnyAsync(order => order.Number == number, stop);
        if (awaited)
            await ask.RunAsync(PaymentPurpose.Order, number, stop);

        var order = await db.Orders.OwnedBy(shopper.Id).Include(order => order.Lines.OrderBy(line => line.Position)).AsNoTracking().SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return NotFound();
        Order = order;
        var payments = await db.Payments.AsNoTracking().OfOrder(number).Where(payment => payment.TradeNo != null).ToListAsync(stop);
        var settled = payments.Find(payment => payment.Status == PaymentStatus.Settled);
        (TradeNo, Channel) = (settled?.TradeNo, settled?.Channel ?? PaymentChannel.Alipay);
        Stray = payments.Find(payment => payment.IsStray || payment.Status == PaymentStatus.Returned);
        WasRevived = await db.OrderEvents.AnyAsync(step => step.OrderId == order.Id && step.Kind == OrderEventKind.Revived, stop);
        return Page();
    }
}

using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Ordering;
using CourseShop.Pages.Orders;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.Account;

/// <summary>我的账户: what one has, and what waits.</summary>
public sealed class IndexModel(ShopDb db, CurrentShopper shopper, TimeProvider clock, IOptions<OrderingOptions> options) : PageModel
{
    public string Name { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public int Courses { get; private set; }
    public int OrdersToPay { get; private set; }
    public int Coupons { get; private set; }
    public int Credits { get; private set; }
    public IReadOnlyList<OrderCard> Recent { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (now, me) = (clock.GetUtcNow(), shopper.Id);
        var user = await db.Users.Where(user => user.Id == me).Select(user => new { user.UserName, user.Nickname, user.CreatedAt }).SingleAsync(stop);
        Name = user.Nickname.Length > 0 ? user.Nickname : user.UserName!;
        CreatedAt = user.CreatedAt;
        Courses = await db.Enrollments.OwnedBy(me).Live(now).Select(grant => grant.CourseId).Distinct().CountAsync(stop);
        OrdersToPay = await db.Orders.OwnedBy(me).AwaitingPayment().CountAsync(stop);
        Coupons = await db.IssuedCoupons.UsableBy(me, now).CountAsync(stop);
        Credits = await db.CreditEntries.OwnedBy(me).SumAsync(entry => entry.Amount, stop);
        Recent = await db.Orders.OwnedBy(me).AsNoTracking().OrderByDescending(order => order.Id).Take(2)
            .Select(OrderCard.Read(db, now - options.Value.RefundWindow))
            .ToListAsync(stop);
    }
}

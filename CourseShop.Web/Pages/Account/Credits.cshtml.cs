using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Account;

/// <param name="Balance">What was there after this row.</param>
public sealed record CreditRow(long Id, DateTimeOffset At, CreditKind Kind, string? OrderNumber, int Amount, int Balance);

/// <summary>积分: the balance, and the ledger that it is the sum of.</summary>
public sealed class CreditsModel(ShopDb db, PricingRules rules, CurrentShopper shopper) : PageModel
{
    private const int PageSize = 20;

    public int Balance { get; private set; }
    public int Held { get; private set; }
    public Money Worth => new(Math.Max(0, Balance) * rules.FenPerCredit);
    public IReadOnlyList<CreditRow> Rows { get; private set; } = [];
    public bool IsFirstPage { get; private set; }
    public long? Next { get; private set; }

    public async Task OnGetAsync(long? after, CancellationToken stop)
    {
        var mine = db.CreditEntries.AsNoTracking().OwnedBy(shopper.Id);
        Balance = await mine.SumAsync(entry => entry.Amount, stop);
        Held = await db.Orders.OwnedBy(shopper.Id).AwaitingPayment().SumAsync(order => order.Credits, stop);
        IsFirstPage = after is null;

        var older = after is { } id ? mine.Where(entry => entry.Id < id) : mine;
        var page = await older.OrderByDescending(entry => entry.Id).Take(PageSize + 1).ToListAsync(stop);
        var balance = await older.SumAsync(entry => entry.Amount, stop);
        var rows = new List<CreditRow>(PageSize);
        foreach (var entry in page.Take(PageSize))
        {
            rows.Add(new(entry.Id, entry.At, entry.Kind, entry.OrderNumber, entry.Amount, balance));
            balance -= entry.Amount;
        }

        Rows = rows;
        Next = page.Count > PageSize ? rows[^1].Id : null;
    }
}

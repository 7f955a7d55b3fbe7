using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Wallet;

/// <summary>A month of a year: what came in, what went out, what was there at its end.</summary>
public sealed record StatementMonth(int Month, Money In, Money Out, Money Balance);

/// <summary>年度对账单: a year of the wallet on one sheet, for printing.</summary>
public sealed class StatementModel(ShopDb db, CurrentShopper shopper, TimeProvider clock) : PageModel
{
    private const int FirstYear = 2020;

    public int Year { get; private set; }
    public int ThisYear => clock.GetUtcNow().BeijingDay().Year;
    public string Owner => shopper.Name;
    public DateTimeOffset PrintedAt => clock.GetUtcNow();
    public Money Opening { get; private set; }
    public Money Closing => Months[^1].Balance;
    public IReadOnlyList<(WalletKind Kind, int Count, Money Sum)> Kinds { get; private set; } = [];
    public IReadOnlyList<StatementMonth> Months { get; private set; } = [];

    public async Task OnGetAsync(int? year, CancellationToken stop)
    {
        Year = year is { } wanted && wanted >= FirstYear && wanted <= ThisYear ? wanted : ThisYear;
        var (first, after) = (new DateOnly(Year, 1, 1), new DateOnly(Year + 1, 1, 1));
        var mine = db.WalletEntries.AsNoTracking().OwnedBy(shopper.Id);
        Opening = await mine.Between(DateOnly.MinValue.AddYears(1), first).SumAsync(stop);
        var rows = await mine.Between(first, after).Select(entry => new { entry.Kind, entry.Amount, entry.At }).ToListAsync(stop);

        Kinds = rows.GroupBy(row => row.Kind).OrderBy(group => group.Key).Select(group => (group.Key, group.Count(), new Money(group.Sum(row => row.Amount.Fen)))).ToList();
        var balance = Opening;
        Months = Enumerable.Range(1, 12).Select(month =>
        {
            var fen = rows.Where(row => row.At.BeijingDay().Month == month).Select(row => row.Amount.Fen).ToList();
            balance += new Money(fen.Sum());
            return new StatementMonth(month, new(fen.Where(amount => amount > 0).Sum()), new(fen.Where(amount => amount < 0).Sum()), balance);
        }).ToList();
    }
}

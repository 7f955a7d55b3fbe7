using System.Globalization;
using System.Text;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Wallet;

/// <param name="Balance">What was there after this row; null where the list doesn't show every row.</param>
public sealed record WalletRow(WalletEntry Entry, Money? Balance);

/// <summary>A top-up that still can be paid.</summary>
public sealed record WaitingTopUp(string Number, Money Amount, DateTimeOffset PayBy);

/// <summary>钱包: the balance, and the ledger that it is the sum of.</summary>
public sealed class IndexModel(ShopDb db, CurrentShopper shopper, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int PageSize = 20;
    private const string MonthFormat = "yyyy-MM";

    public Money Balance { get; private set; }

    /// <summary>Somebody who was tipped, or may be.</summary>
    public bool IsAuthor { get; private set; }
    public IReadOnlyList<WalletRow> Rows { get; private set; } = [];
    public WaitingTopUp? Waiting { get; private set; }
    public WalletKind? Kind { get; private set; }
    public DateOnly? Month { get; private set; }
    public string MonthText => Month?.ToString(MonthFormat, CultureInfo.InvariantCulture) ?? "";
    public bool IsFiltered => Kind is not null || Month is not null;
    public bool IsFirstPage { get; private set; }
    public long? Next { get; private set; }
    public int ThisYear => clock.GetUtcNow().BeijingDay().Year;

    public async Task OnGetAsync(string? kind, string? month, long? after, CancellationToken stop)
    {
        Read(kind, month);
        IsFirstPage = after is null;
        var mine = db.WalletEntries.AsNoTracking().OwnedBy(shopper.Id);
        Balance = await mine.SumAsync(stop);
        Waiting = await WaitingAsync(stop);
        IsAuthor = User.IsInRole(Roles.Author) || await db.Tips.For(shopper.Id).AnyAsync(stop);

        var older = Chosen().Where(entry => after == null || entry.Id < after);
        var page = await older.OrderByDescending(entry => entry.Id).Take(PageSize + 1).ToListAsync(stop);
        var balance = IsFiltered ? Money.Zero : await older.SumAsync(stop);
        var rows = new List<WalletRow>(PageSize);
        foreach (var entry in page.Take(PageSize))
        {
            rows.Add(new(entry, IsFiltered ? null : balance));
            balance -= entry.Amount;
        }

        Rows = rows;
        Next = page.Count > PageSize ? rows[^1].Entry.Id : null;
    }

    /// <summary>The chosen rows, all of them, as a table for a spreadsheet.</summary>
    public async Task<IActionResult> OnGetCsvAsync(string? kind, string? month, CancellationToken stop)
    {
        Read(kind, month);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{(Month is null ? "wallet" : $"wallet-{MonthText}")}.csv\"";
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)); // else Excel takes it for GBK
        string[] heads = ["时间", "类型", "单号", "金额"];
        await text.WriteAsync(CsvText.Row(heads.Select(head => words[head].Value)));
        await foreach (var entry in Chosen().OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(stop))
            await text.WriteAsync(CsvText.Row(entry.At.ToAlipay(), words.Kind(entry.Kind), entry.Reference, entry.Amount.ToYuan()));
        return new EmptyResult();
    }

    public string Address(long? after = null, string? handler = null)
    {
        string?[] parts =
        [
            handler is null ? null : $"handler={handler}",
            Kind is { } kind ? $"kind={kind}" : null,
            Month is null ? null : $"month={MonthText}",
            after is { } id ? string.Create(CultureInfo.InvariantCulture, $"after={id}") : null,
        ];
        return $"/wallet?{string.Join('&', parts.Where(part => part is not null))}".TrimEnd('?');
    }

    private void Read(string? kind, string? month)
    {
        Kind = Enum.GetValues<WalletKind>().Cast<WalletKind?>().FirstOrDefault(known => string.Equals(known.ToString(), kind, StringComparison.OrdinalIgnoreCase));
        Month = DateOnly.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 2000 and < 3000 ? first : null;
    }

    private IQueryable<WalletEntry> Chosen()
    {
        var chosen = db.WalletEntries.AsNoTracking().OwnedBy(shopper.Id);
        if (Kind is { } kind)
            chosen = chosen.Where(entry => entry.Kind == kind);
        return Month is { } month ? chosen.Between(month, month.AddMonths(1)) : chosen;
    }

    private Task<WaitingTopUp?> WaitingAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        return db.TopUps.OwnedBy(shopper.Id).Where(topUp => topUp.PaidAt == null
                && (topUp.PayBy > now || db.Payments.Any(payment => payment.Purpose == PaymentPurpose.TopUp && payment.PurposeNumber == topUp.Number && payment.Status == PaymentStatus.Opened)))
            .OrderByDescending(topUp => topUp.Id).Select(topUp => new WaitingTopUp(topUp.Number, topUp.Amount, topUp.PayBy)).FirstOrDefaultAsync(stop);
    }
}

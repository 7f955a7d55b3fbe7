using System.Globalization;
using System.Text;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Payments.Reconciling;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <param name="By">Who asked for it; null for the timer.</param>
public sealed record RunRow(Reconciliation Run, string? By);

/// <param name="EndedBy">Who cleared it up; null for the shop itself.</param>
public sealed record DifferenceRow(ReconciliationDifference Difference, string? EndedBy);

/// <summary>One day's reconciliation: sums of both sides, every difference with the facts of both and the one safe action, and how it came about.</summary>
public sealed class ReconciliationDayModel(
    ShopDb db, CurrentShopper shopper, AskForReconciliation ask, AskAboutDifference askAbout, VerifyDifference verify, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    /// <summary>In an address: those that were cleared up.</summary>
    public const string Ended = "ended";
    private const string DayFormat = "yyyy-MM-dd";
    private const int MostRuns = 10;

    public DateOnly Day { get; private set; }
    public string Date => Day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A bill of it can be had.</summary>
    public bool IsOver { get; private set; }
    public bool MayMoveMoney => User.MayMoveMoney();

    /// <summary>The latest first.</summary>
    public IReadOnlyList<RunRow> Runs { get; private set; } = [];

    /// <summary>The run that counts.</summary>
    public Reconciliation? Current { get; private set; }
    public Reconciliation? Latest => Runs.Count > 0 ? Runs[0].Run : null;

    /// <summary>Which differences are shown: a kind, or those that were cleared up, or all that are open.</summary>
    public string State { get; private set; } = "";
    public IReadOnlyDictionary<DifferenceKind, int> Open { get; private set; } = new Dictionary<DifferenceKind, int>();
    public int EndedCount { get; private set; }
    public IReadOnlyList<DifferenceRow> Differences { get; private set; } = [];
    public string? Newest { get; private set; }
    public string? Older { get; private set; }

    public async Task<IActionResult> OnGetAsync(string date, string? state, long? after, CancellationToken stop)
    {
        if (!TryRead(date))
            return NotFound();

        Runs = await db.Reconciliations.AsNoTracking().Where(run => run.Day == Day).OrderByDescending(run => run.Id).Take(MostRuns)
            .Select(run => new RunRow(run, db.Users.Where(user => user.Id == run.StartedBy).Select(user => user.UserName).FirstOrDefault())).ToListAsync(stop);
        Current = await db.Reconciliations.AsNoTracking().Current().SingleOrDefaultAsync(run => run.Day == Day, stop);
        var all = OfDay();
        Open = await all.Open().GroupBy(open => open.Kind).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        EndedCount = await all.CountAsync(ended => ended.Ending != null, stop);
        var kind = StaffView.Find<DifferenceKind>(state);
        State = kind?.Code() ?? (state == Ended ? state : "");
        var shown = State == Ended ? all.Where(ended => ended.Ending != null) : all.Open();
        var rows = await Read(shown.Where(difference => (kind == null || difference.Kind == kind) && (after == null || difference.Id > after)).OrderBy(difference => difference.Id).Take(StaffView.PageSize + 1)).ToListAsync(stop);
        Differences = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? Address(State, rows[StaffView.PageSize - 1].Difference.Id) : null;
        Newest = after is null ? null : Address(State);
        return Page();
    }

    /// <summary>Every difference of the day, open or not, as a table for a spreadsheet.</summary>
    public async Task<IActionResult> OnGetCsvAsync(string date, CancellationToken stop)
    {
        if (!TryRead(date))
            return NotFound();

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"reconciliation-{Date}.csv\"";
        await using var text = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)); // else Excel takes it for GBK
        string[] heads = ["差异", "支付宝交易号", "付款单号", "退款单号", "账单金额", "账单时间", "本店金额", "本店时间", "本店状态", "支付宝答复", "处理", "处理人", "处理时间", "说明"];
        await text.WriteAsync(CsvText.Row(heads.Select(head => words[head].Value)));
        await foreach (var row in Read(OfDay().OrderBy(difference => difference.Id)).AsAsyncEnumerable().WithCancellation(stop))
            await text.WriteAsync(CsvText.Row(Cells(row)));
        return new EmptyResult();
    }

    /// <summary>对账, 重新对账.</summary>
    public async Task<IActionResult> OnPostRunAsync(string date, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        if (!TryRead(date))
            return NotFound();
        if ((await ask.RunAsync(Day, shopper.Id, stop)).Refusal is { } why)
            TempData["Flash"] = words.Say(why);
        return Redirect(Address());
    }

    /// <summary>The one safe action of a difference.</summary>
    public async Task<IActionResult> OnPostAskAsync(string date, long id, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        if (!TryRead(date))
            return NotFound();
        var asked = await askAbout.RunAsync(id, shopper.Id, stop);
        TempData["Flash"] = asked.Refusal is { } why ? words.Say(why) : words.Answer(asked.Value);
        return Redirect(Address());
    }

    /// <summary>标记为已核实.</summary>
    public async Task<IActionResult> OnPostVerifyAsync(string date, long id, string? note, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        if (!TryRead(date))
            return NotFound();
        var verified = await verify.RunAsync(id, note, shopper.Id, stop);
        TempData["Flash"] = verified.Refusal is { } why ? words.Say(why) : words["已标记为已核实"].Value;
        return Redirect(Address());
    }

    public string Address(string? state = null, long? after = null) => StaffView.Address($"/admin/reconciliation/{Date}", state, null, after);

    public static string Beside(DateOnly day) => $"/admin/reconciliation/{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";

    private bool TryRead(string date)
    {
        var isDay = DateOnly.TryParseExact(date, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 3000;
        (Day, IsOver) = (day, Reconciliation.CanBeHad(day, clock.GetUtcNow()));
        return isDay;
    }

    private IQueryable<ReconciliationDifference> OfDay() => db.ReconciliationDifferences.AsNoTracking().Valid().Where(difference => difference.Reconciliation.Day == Day);

    private IQueryable<DifferenceRow> Read(IQueryable<ReconciliationDifference> differences) => differences.Select(difference =>
        new DifferenceRow(difference, db.Users.Where(user => user.Id == difference.EndedBy).Select(user => user.UserName).FirstOrDefault()));

    private string?[] Cells(DifferenceRow row)
    {
        var difference = row.Difference;
        return
        [
            words.Kind(difference.Kind), difference.TradeNo, difference.OutTradeNo, difference.RefundNumber,
            difference.BillAmount?.ToYuan(), difference.BillAt?.ToAlipay(), difference.OurAmount?.ToYuan(), difference.OurAt?.ToAlipay(),
            difference.OurRefundStatus is { } refund ? words.ForStaff(refund) : difference.OurStatus is { } payment ? words.ForStaff(payment) : null,
            difference.Answer is { } answer ? words.Answer(answer) : null,
            difference.Ending is { } ending ? words.Ending(ending) : null, row.EndedBy, difference.EndedAt?.ToAlipay(), difference.Note,
        ];
    }
}

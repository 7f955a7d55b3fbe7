using System.Net;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Admin;

/// <summary>对账 as staff see it: the calendar, the day, and what can be pressed.</summary>
public sealed class ReconciliationTests : IDisposable
{
    private readonly ReconciledDay _day = new();

    public void Dispose() => _day.Dispose();

    [Fact]
    public async Task A_day_is_asked_for_waits_for_the_worker_and_gets_its_tick()
    {
        await _day.PaidAsync();
        await _day.TomorrowAsync();
        var finance = await _day.Shop.SignedInAsync("finance");
        var before = await finance.GetAsync(Path());

        var pressed = await finance.SubmitAsync(before, "form[action*=Run]");
        var queued = await finance.GetAsync(Path());
        await DueAsync();
        var done = await finance.GetAsync(Path());
        var calendar = await finance.GetAsync(Month());

        Assert.Contains("这一天还没有对过账", before.Text, StringComparison.Ordinal);
        Assert.Equal(Path(), pressed.Location!.OriginalString);
        Assert.Contains("已经排上", queued.Text, StringComparison.Ordinal);
        Assert.NotNull(queued.Document.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Null(queued.Document.QuerySelector("form[action*=Run]"));
        Assert.Contains("两边一致，没有差异", done.Text, StringComparison.Ordinal);
        Assert.Contains("finance", done.Text, StringComparison.Ordinal);
        Assert.Null(done.Document.QuerySelector("meta[http-equiv=refresh]"));
        Assert.Equal("一致", Mark(calendar));
    }

    [Fact]
    public async Task How_far_a_run_is_can_be_seen_while_it_runs()
    {
        await _day.PaidAsync();
        await _day.TomorrowAsync();
        var seen = new List<string>();
        var support = await _day.Shop.SignedInAsync("support");
        _day.Bills.Stream = _ => Enumerable.Range(1, ImportBill.Slice + 1).Select(number => ReconciledDay.Known(number, _day.At(12)));
        _day.Bills.BeforeRow = async row =>
        {
            if (row == ImportBill.Slice + 1)
                seen.AddRange((await support.GetAsync(Path())).Text, (await support.GetAsync(Month())).Text);
        };

        await _day.RunAsync();

        Assert.Contains($"账单已读 {ImportBill.Slice} 行", seen[0], StringComparison.Ordinal);
        Assert.Contains($"{ImportBill.Slice} 行", seen[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_payment_is_settled_by_the_button()
    {
        var lost = await _day.OpenedAsync();
        var tradeNo = await _day.Shop.PayAtAlipayAsync(lost.OutTradeNo);
        _day.Bills.Add(FakeBills.Payment(tradeNo, lost.OutTradeNo, lost.Amount, _day.Now));
        await _day.TheOneDifferenceAsync();
        var finance = await _day.Shop.SignedInAsync("finance");
        var page = await finance.GetAsync(Path());

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => finance.SubmitAsync(page, "td form[action*=Ask]", button: "问支付宝并入账")));
        var after = await finance.GetAsync(Path());
        var ended = await finance.GetAsync(Path() + "?state=ended");

        Assert.All(answers, answer => Assert.Equal(Path(), answer.Location!.OriginalString));
        Assert.Equal(OrderStatus.Paid, await _day.Shop.StatusAsync(lost.OutTradeNo));
        Assert.Empty(after.Document.QuerySelectorAll(".differences tbody tr"));
        Assert.Contains("已核实并入账", ended.Text, StringComparison.Ordinal);
        Assert.Equal(ReconciliationState.Clean, await _day.RunAsync());
        await _day.Shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_second_payment_is_booked_by_the_button_and_goes_back_by_itself()
    {
        var paid = await _day.PaidAsync();
        _day.Shop.Alipay.Trades[paid.OutTradeNo] = new FakeTrade(paid.TradeNo, paid.Amount, "TRADE_SUCCESS", _day.Now);
        _day.Shop.Alipay.Trades["the second one"] = new FakeTrade("2026000000000000000000000002", paid.Amount, "TRADE_SUCCESS", _day.Now);
        _day.Bills.Add(FakeBills.Payment("2026000000000000000000000002", paid.OutTradeNo, paid.Amount, _day.Now));
        await _day.TheOneDifferenceAsync();
        var finance = await _day.Shop.SignedInAsync("finance");

        await finance.SubmitAsync(await finance.GetAsync(Path()), "td form[action*=Ask]");
        await _day.Shop.InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None));

        Assert.Equal(PaymentStatus.Returned, await _day.ReadAsync(db => db.Payments.Where(payment => payment.IsExtra).Select(payment => payment.Status).SingleAsync()));
        Assert.Equal(paid.Amount, _day.Shop.Alipay.Trades["the second one"].Refunded);
        Assert.Equal(DifferenceEnding.Booked, Assert.Single(await _day.DifferencesAsync()).Ending);
    }

    [Theory]
    [InlineData(AlipayMood.Well, "支付宝没有这笔交易")]
    [InlineData(AlipayMood.Down, "支付宝还没有答复")]
    [InlineData(AlipayMood.Forged, "支付宝还没有答复")]
    public async Task What_alipay_says_of_money_that_the_bill_does_not_have_is_told_and_changes_nothing(AlipayMood mood, string said)
    {
        await _day.PaidAsync(inBill: false);
        _day.Bills.AddTo(_day.Day);
        await _day.TheOneDifferenceAsync();
        _day.Shop.Alipay.Mood = mood;
        var finance = await _day.Shop.SignedInAsync("finance");

        var pressed = await finance.SubmitAsync(await finance.GetAsync(Path()), "td form[action*=Ask]");
        var page = await finance.GetAsync(pressed.Location!.OriginalString);

        Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.True(Assert.Single(await _day.DifferencesAsync()).IsOpen);
    }

    [Theory]
    [InlineData(true, "支付宝确认已退款")]
    [InlineData(false, "支付宝没有这笔退款")]
    public async Task A_refund_that_stands_in_no_bill_is_asked_about(bool isKnown, string said)
    {
        var paid = await _day.PaidAsync();
        var number = await _day.RefundAsync(paid, Money.Yuan(1), _day.Now);
        var trade = new FakeTrade(paid.TradeNo, paid.Amount, "TRADE_SUCCESS", _day.Now);
        _day.Shop.Alipay.Trades[paid.OutTradeNo] = isKnown ? trade with { Refunds = trade.Refunds.Add(number, Money.Yuan(1)) } : trade;
        await _day.TheOneDifferenceAsync();
        var finance = await _day.Shop.SignedInAsync("finance");

        await finance.SubmitAsync(await finance.GetAsync(Path()), "td form[action*=Ask]", button: "查这笔退款");

        Assert.Contains(said, (await finance.GetAsync(Path())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nothing_can_be_pressed_for_says_why_and_is_verified_with_a_note()
    {
        _day.Bills.Add(FakeBills.Payment("2026000000000000000000009999", "ANOTHER-SHOP", Money.Yuan(9), _day.Now));
        await _day.TheOneDifferenceAsync();
        var admin = await _day.Shop.SignedInAsync("admin");
        var page = await admin.GetAsync(Path());
        const string Form = "td form[action*=Verify]";

        foreach (var empty in new[] { "", " \u3000", "\u200B", new string('字', VerifyDifference.LongestNote + 1) })
            await admin.SubmitAsync(page, Form, Note(empty));
        var untouched = Assert.Single(await _day.DifferencesAsync());
        await admin.SubmitAsync(page, Form, Note(" 线下门店的收款 "));
        await admin.SubmitAsync(page, Form, Note("再写一次"));
        var done = Assert.Single(await _day.DifferencesAsync());
        var calendar = await admin.GetAsync(Month());

        Assert.Null(page.Document.QuerySelector("td form[action*=Ask]"));
        Assert.Contains("没有可按的", page.Text, StringComparison.Ordinal);
        Assert.True(untouched.IsOpen);
        Assert.Equal((DifferenceEnding.Verified, "线下门店的收款", await _day.Shop.UserIdAsync("admin")), (done.Ending, done.Note, done.EndedBy));
        Assert.Contains("线下门店的收款", (await admin.GetAsync(Path() + "?state=ended")).Text, StringComparison.Ordinal);
        Assert.Equal("一致", Mark(calendar));
    }

    [Fact]
    public async Task Open_differences_stand_on_the_overview_and_on_the_calendar()
    {
        await _day.PaidAsync(inBill: false);
        _day.Bills.AddTo(_day.Day);
        await _day.TheOneDifferenceAsync();
        var editor = await _day.Shop.SignedInAsync("editor");

        Assert.Contains("对账有 1 处差异没有处理", (await editor.GetAsync("/admin")).Text, StringComparison.Ordinal);
        Assert.Equal("1 处差异", Mark(await editor.GetAsync(Month())));
    }

    [Theory]
    [InlineData("editor")]
    [InlineData("support")]
    public async Task Other_staff_look_and_press_nothing(string name)
    {
        var paid = await _day.PaidAsync(inBill: false);
        _day.Bills.AddTo(_day.Day);
        var difference = await _day.TheOneDifferenceAsync();
        var staff = await _day.Shop.SignedInAsync(name);
        var token = await staff.TokenAsync();
        var page = await staff.GetAsync(Path());

        Assert.Contains(paid.TradeNo, page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        foreach (var handler in new[] { "run", $"ask&id={difference.Id}", $"verify&id={difference.Id}&note=x" })
            Assert.Contains("/error/403", (await staff.PostAsync($"{Path()}?handler={handler}", [token])).Location?.OriginalString ?? "/error/403", StringComparison.Ordinal);
        Assert.Equal((1, 1), (await _day.ReadAsync(db => db.Reconciliations.CountAsync()), (await _day.DifferencesAsync()).Count(found => found.IsOpen)));
    }

    [Fact]
    public async Task Strangers_and_forms_without_their_token_get_nowhere()
    {
        var shopper = await _day.Shop.SignedInAsync();
        var finance = await _day.Shop.SignedInAsync("finance");

        Assert.Contains("/account/sign-in", (await _day.Shop.NewShopper().GetAsync(Path())).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.FollowAsync(Path())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.FollowAsync(Path() + "?handler=csv")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await finance.PostAsync(Path() + "?handler=run", [])).Status);
        Assert.Empty(await _day.ReadAsync(db => db.Reconciliations.ToListAsync()));
    }

    [Fact]
    public async Task Today_has_no_bill_and_a_day_that_is_none_has_no_page()
    {
        var finance = await _day.Shop.SignedInAsync("finance");
        var today = await finance.GetAsync(Path());

        var pressed = await finance.PostAsync(Path() + "?handler=run", [await finance.TokenAsync()]);
        var told = await finance.GetAsync(pressed.Location!.OriginalString);

        Assert.Empty(today.Document.QuerySelectorAll("main form"));
        Assert.Contains("这一天还没有过完", told.Document.QuerySelector(".flash")!.TextContent, StringComparison.Ordinal);
        foreach (var nothing in new[] { "2026-02-30", "1", "yesterday", "0001-01-01", "2026-1-1" })
            Assert.Equal(HttpStatusCode.NotFound, (await finance.GetAsync($"/admin/reconciliation/{nothing}")).Status);
    }

    [Fact]
    public async Task The_differences_can_be_taken_along_as_a_table_in_which_nothing_calculates()
    {
        _day.Bills.Add(FakeBills.Payment("2026112622001400000000000001", "=cmd|' /C calc'!A0", Money.Yuan(9), _day.Now));
        var found = await _day.TheOneDifferenceAsync();
        await _day.Shop.Service<VerifyDifference>().RunAsync(found.Id, "-1+1, \"x\"", await _day.Shop.UserIdAsync("finance"), default);
        var support = await _day.Shop.SignedInAsync("support");

        var file = await support.GetAsync(Path() + "?handler=csv");

        var lines = file.Html.TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal($"attachment; filename=\"reconciliation-{_day.Day:yyyy-MM-dd}.csv\"", file.Response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal("text/csv", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("差异,支付宝交易号,付款单号,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"本店没有,\"2026112622001400000000000001\t\",'=cmd|' /C calc'!A0,,9.00,{_day.At(12).ToAlipay()},,,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",\"'-1+1, \"\"x\"\"\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_could_not_be_done_says_why_and_keeps_the_result_of_before()
    {
        await _day.PaidAsync();
        await _day.TomorrowAsync();
        await _day.RunAsync();
        _day.Bills.BeforeRow = _ => throw new BrokenBillException("<b>cut off</b>");
        await _day.RunAsync();

        var page = await (await _day.Shop.SignedInAsync("support")).GetAsync(Path());

        Assert.Contains("账单自相矛盾，没有采用", page.Document.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>cut off</b>", page.Document.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("下面是上一次的结果，仍然有效", page.Text, StringComparison.Ordinal);
        Assert.Contains("两边一致", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_differences_are_read_page_by_page_and_kind_by_kind()
    {
        await _day.TomorrowAsync();
        _day.Bills.AddTo(_day.Day, [.. Enumerable.Range(1, 60).Select(number => ReconciledDay.Known(number, _day.At(12))), FakeBills.Refund("t", "o", "r", Money.Yuan(1), _day.At(13))]);
        await _day.RunAsync();
        var staff = await _day.Shop.SignedInAsync("finance");

        var first = await staff.GetAsync(Path() + "?state=missinghere");
        var second = await staff.GetAsync(first.Document.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);
        var refunds = await staff.GetAsync(Path() + "?state=refund");

        Assert.Equal((50, 10, 1), (Rows(first), Rows(second), Rows(refunds)));

        static int Rows(SeenPage page) => page.Document.QuerySelectorAll(".differences tbody tr").Length;
    }

    [Fact]
    public async Task Months_are_turned_and_never_beyond_this_one()
    {
        var staff = await _day.Shop.SignedInAsync("support");
        var month = new DateOnly(_day.Day.Year, _day.Day.Month, 1);

        var now = await staff.GetAsync("/admin/reconciliation?month=9999-12");
        var before = await staff.GetAsync(now.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);

        Assert.Equal($"{month:yyyy-MM}", now.Document.QuerySelector("caption")!.TextContent);
        Assert.Null(now.Document.QuerySelector("main a[rel=next]"));
        Assert.Equal($"{month.AddMonths(-1):yyyy-MM}", before.Document.QuerySelector("caption")!.TextContent);
        Assert.Equal(DateTime.DaysInMonth(month.AddMonths(-1).Year, month.AddMonths(-1).Month), before.Document.QuerySelectorAll(".calendar .day").Length);
        Assert.NotNull(before.Document.QuerySelector("a[rel=next]"));
    }

    private string Mark(SeenPage calendar) => calendar.Document.QuerySelector($".calendar a[href='{Path()}'] .word")!.TextContent.Trim();

    private string Path() => $"/admin/reconciliation/{_day.Day:yyyy-MM-dd}";

    private string Month() => $"/admin/reconciliation?month={_day.Day:yyyy-MM}";

    private static Dictionary<string, string> Note(string text) => new(StringComparer.Ordinal) { ["note"] = text };

    private Task<int> DueAsync() => _day.Shop.InScopeAsync<ReconcileDue, int>(due => due.RunAsync(CancellationToken.None));
}

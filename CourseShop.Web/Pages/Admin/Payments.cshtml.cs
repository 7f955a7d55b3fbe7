using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record PaymentRow(long Id, string OutTradeNo, string OrderNumber, DateTimeOffset CreatedAt, string? TradeNo, PaymentStatus Status, Money Amount, Money? AmountReceived, string? RefundRefusedWith);

/// <summary>Every attempt to pay, newest first; found by any of its numbers.</summary>
public sealed class PaymentsModel(ShopDb db, CurrentShopper shopper, SendBackHeldMoney sendBack, AcceptHeldMoney accept, IStringLocalizer<Words> words) : PageModel
{
    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<PaymentRow> Payments { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        var status = StaffView.Find<PaymentStatus>(state);
        State = status?.Code() ?? (state == StaffView.NeedsAPerson ? state : "");
        Search = StaffView.Clean(q);
        var found = db.Payments.Where(payment => after == null || payment.Id < after);
        if (status is not null)
            found = found.Where(payment => payment.Status == status);
        else if (State.Length > 0)
            found = found.NeedingAPerson();
        if (Search is { } text)
            found = found.Where(payment => payment.OutTradeNo == text || payment.TradeNo == text || payment.PurposeNumber == text);
        var rows = await found.OrderByDescending(payment => payment.Id).Take(StaffView.PageSize + 1)
            .Select(payment => new PaymentRow(payment.Id, payment.OutTradeNo, payment.PurposeNumber, payment.CreatedAt, payment.TradeNo, payment.Status, payment.Amount, payment.AmountReceived,
                db.Refunds.Where(refund => refund.PaymentId == payment.Id && refund.Status == RefundStatus.Refused).OrderByDescending(refund => refund.Id).Select(refund => refund.LastCode).FirstOrDefault()))
            .ToListAsync(stop);

        Payments = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? Address(rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : Address(null);
    }

    public bool MayMoveMoney => User.MayMoveMoney();

    /// <summary>原路退回 of money that fits nothing.</summary>
    public async Task<IActionResult> OnPostSendBackAsync(long id, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        var sent = await sendBack.RunAsync(id, shopper.Id, stop);
        TempData["Flash"] = sent.Refusal is { } why ? words.Say(why) : words["退款已开始，支付宝答复后状态会变成已原路退回"].Value;
        return Redirect($"/admin/payments?state={StaffView.NeedsAPerson}");
    }

    /// <summary>收下: held money counts as what was asked for; a surplus goes back.</summary>
    public async Task<IActionResult> OnPostAcceptAsync(long id, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        var accepted = await accept.RunAsync(id, shopper.Id, stop);
        TempData["Flash"] = accepted.Refusal is { } why ? words.Say(why) : words["已收下，课程已开通；多付的部分会自动原路退回"].Value;
        return Redirect($"/admin/payments?state={StaffView.NeedsAPerson}");
    }

    private string Address(long? after) => StaffView.Address("/admin/payments", State, Search, after);
}

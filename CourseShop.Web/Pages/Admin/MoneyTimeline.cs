using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Promotions;
using CourseShop.Wallets;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>One thing that happened to an order's money.</summary>
/// <param name="At">When.</param>
/// <param name="Where">Which of the books tells it.</param>
/// <param name="Tone">The badge's colour.</param>
/// <param name="Text">What happened.</param>
/// <param name="Number">The number it goes by.</param>
/// <param name="Amount">How much, with a sign.</param>
/// <param name="Raw">What was sent, as it came.</param>
public sealed record MoneyMoment(DateTimeOffset At, string Where, string Tone, string Text, string? Number = null, string? Amount = null, string? Raw = null);

/// <summary>Attempts, notifications, refunds, bills, credits, coupon, access and the order's own steps in one row, newest last.</summary>
public static class MoneyTimeline
{
    private const int MostRaw = 4_000;

    public static IReadOnlyList<MoneyMoment> Of(MoneyFile file, IStringLocalizer words) =>
    [
        .. new[] { file.Notifications.Select(notification => Heard(notification, words)), Steps(file, words), Paid(file.Payments, file.Notifications, words), Asked(file, words), Sent(file.Refunds, words), Booked(file, words), CouponUse(file, words), Access(file, words), file.Bill.Select(line => Billed(line, words)) }
            .SelectMany(moments => moments).OrderBy(moment => moment.At), // of one instant: what was heard, what the order did, what was booked
    ];

    public static IReadOnlyList<MoneyMoment> Of(WalletFile file, IStringLocalizer words) =>
    [
        .. new[] { file.Notifications.Select(notification => Heard(notification, words)), Paid(file.Payments, file.Notifications, words), Sent(file.Refunds, words), Booked(file.Entries, words), file.Bill.Select(line => Billed(line, words)) }
            .SelectMany(moments => moments).OrderBy(moment => moment.At),
    ];

    public static MoneyMoment Heard(PaymentNotification notification, IStringLocalizer words) => new(
        notification.ReceivedAt, words["异步通知"], notification.Verdict.Tone(),
        notification.Verdict == NotificationVerdict.Forged ? words["验签失败，内容一个字也不信"] : $"{notification.TradeStatus} · {words.Verdict(notification.Verdict)}",
        notification.NotifyId, null, notification.Body[..Math.Min(notification.Body.Length, MostRaw)]);

    public static MoneyMoment Billed(BillLine line, IStringLocalizer words) => line.Kind == BillEntryKind.Payment
        ? new(line.At, words["账单"], "jade", words["支付宝账单上的收款"], line.TradeNo, $"+{line.Amount}")
        : new(line.At, words["账单"], "jade", words["支付宝账单上的退款"], line.RefundNumber, $"−{line.Amount}");

    private static IEnumerable<MoneyMoment> Steps(MoneyFile file, IStringLocalizer words) =>
        file.Order.Events.OrderBy(step => step.Id).Select(step => new MoneyMoment(step.At, words["订单"], "plain", words.Step(step.Kind), step.Detail));

    private static IEnumerable<MoneyMoment> Paid(IReadOnlyList<Payment> payments, IReadOnlyList<PaymentNotification> notifications, IStringLocalizer words) => payments.SelectMany(payment => new[]
    {
        payment.IsExtra ? null : new MoneyMoment(payment.CreatedAt, words["款项"], "plain", words["付款单，应收 {0}", payment.Amount], payment.OutTradeNo),
        payment.ReceivedAt is { } received
            ? new MoneyMoment(received, words["款项"], payment.Status.Tone(), $"{words[WasTold(notifications, payment) ? "收到付款，由通知得知" : "收到付款，由查询得知"].Value} · {words.ForStaff(payment.Status)}", payment.TradeNo, $"+{payment.AmountReceived}")
            : null,
        payment.ClosedAt is { } closed ? new MoneyMoment(closed, words["款项"], "plain", words["付款单关闭，不能再付"], payment.OutTradeNo) : null,
    }).OfType<MoneyMoment>();

    private static bool WasTold(IReadOnlyList<PaymentNotification> notifications, Payment payment) => notifications.Any(notification =>
        notification.TradeNo == payment.TradeNo && notification.Verdict is NotificationVerdict.Settled or NotificationVerdict.Held or NotificationVerdict.Late or NotificationVerdict.Second);

    private static IEnumerable<MoneyMoment> Asked(MoneyFile file, IStringLocalizer words) => file.Requests.SelectMany(request => new[]
    {
        new MoneyMoment(request.CreatedAt, words["退款单"], "plain", $"{(request.IsRequest ? words["用户申请退款 {0}", request.Money] : words["员工决定退款 {0}", request.Money]).Value}{(request.Reason.Length > 0 ? $" · {request.Reason}" : "")}", request.Number),
        request.EndedAt is { } ended
            ? new MoneyMoment(ended, words["退款单"], request.Status == OrderRefundStatus.Failed ? "bad" : "plain", $"{words[Ending(request.Status)].Value}{(request.Answer is { } answer ? $" · {answer}" : "")}", request.Number)
            : null,
    }).OfType<MoneyMoment>();

    private static string Ending(OrderRefundStatus status) => status switch
    {
        OrderRefundStatus.Declined => "已拒绝",
        OrderRefundStatus.Withdrawn => "已撤回",
        OrderRefundStatus.Failed => "退款失败",
        _ => "退款完成",
    };

    private static IEnumerable<MoneyMoment> Sent(IReadOnlyList<Refund> refunds, IStringLocalizer words) => refunds.SelectMany(refund => new[]
    {
        new MoneyMoment(refund.CreatedAt, words["退款"], "plain", words["要退 {0}", refund.Amount], refund.RefundNumber),
        refund.TriedAt is { } tried && refund.Status != RefundStatus.Done
            ? new MoneyMoment(tried, words["退款"], refund.Status == RefundStatus.Refused ? "bad" : "amber",
                refund.Status == RefundStatus.Refused ? words["支付宝拒绝退款：{0}", refund.LastCode ?? "—"] : words["第 {0} 次问支付宝，没有确定的答复：{1}", refund.Tries, refund.LastCode ?? "—"], refund.RefundNumber)
            : null,
        refund.DoneAt is { } done ? new MoneyMoment(done, words["退款"], "jade", words["已原路退回，问过 {0} 次", refund.Tries], refund.RefundNumber, $"−{refund.Amount}") : null,
    }).OfType<MoneyMoment>();

    private static IEnumerable<MoneyMoment> Booked(IReadOnlyList<WalletEntry> entries, IStringLocalizer words) => entries.Select(entry =>
        new MoneyMoment(entry.At, words["钱包"], entry.UserId is null ? "plain" : "jade", words.Kind(entry.Kind), entry.ReasonKey, $"{(entry.Amount > Money.Zero ? "+" : "")}{entry.Amount}"));

    private static IEnumerable<MoneyMoment> Booked(MoneyFile file, IStringLocalizer words) => file.Credits.Select(entry =>
        new MoneyMoment(entry.At, words["积分"], "plain", $"{words.Kind(entry.Kind)} {words["{0} 积分", entry.Amount > 0 ? $"+{entry.Amount}" : $"−{-entry.Amount}"].Value}", entry.ReasonKey));

    private static IEnumerable<MoneyMoment> CouponUse(MoneyFile file, IStringLocalizer words) => file.Coupon is { UsedAt: { } used } coupon && coupon.OrderNumber == file.Order.Number
        ? [new MoneyMoment(used, words["优惠券"], "plain", words["用掉“{0}”", coupon.Coupon.Name])]
        : [];

    private static IEnumerable<MoneyMoment> Access(MoneyFile file, IStringLocalizer words) => file.Access.SelectMany(grant => new[]
    {
        new MoneyMoment(grant.PaidAt ?? grant.StartsAt, words["学习权限"], "jade", words["开通“{0}”", Title(file, grant.OrderLineId)]),
        grant.RevokedAt is { } revoked ? new MoneyMoment(revoked, words["学习权限"], "plain", words["收回“{0}”", Title(file, grant.OrderLineId)]) : null,
    }).OfType<MoneyMoment>();

    private static string Title(MoneyFile file, long? lineId) => file.Order.Lines.First(line => line.Id == lineId).CourseTitle;
}

using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Wallets;

namespace CourseShop.Operations;

/// <summary>Where the money of a top-up, a tip or a withdrawal is, in one sentence.</summary>
public static class WalletStory
{
    /// <summary>What came, what it did, what went back, and what somebody has to do.</summary>
    public static IReadOnlyList<MoneyClause> Of(WalletFile file) => file switch
    {
        { Withdrawal: { } withdrawal } => [new("提现 {0}", withdrawal.Amount), Of(withdrawal)],
        { Tip: { } tip } => [new("赞赏 {0}", tip.Amount), Of(tip), .. Strays(file)],
        { TopUp: { } topUp } => [new("充值 {0}", topUp.Amount), Of(topUp, file.Payments), .. Strays(file)],
        _ => [new("付款还在，它为了什么却找不到，请马上查")],
    };

    private static MoneyClause Of(TopUp topUp, IReadOnlyList<Payment> payments) => topUp.PaidAt is { } at ? new("{0} 到账，在余额里", at.ToMinute())
        : payments.Any(payment => payment.IsLive) ? new("还没有收到钱") : new("没有付款，已经结束");

    private static MoneyClause Of(Tip tip) => tip switch
    {
        { RefundedAt: { } back } => new("{0} 已退给读者，作者的余额已扣回", back.ToMinute()),
        { TakenBackAt: not null } => new("正在退给读者，退款单 {0}，作者的余额已扣回", tip.RefundNumber!),
        { PaidAt: { } at } => new("{0} 入账，作者得到 {1}，平台得到 {2}", at.ToMinute(), tip.ForAuthor, tip.Share),
        _ => new("没有入账"),
    };

    private static MoneyClause Of(Withdrawal withdrawal) => withdrawal.Status switch
    {
        WithdrawalStatus.Requested => new("已从余额转出，等待审核"),
        WithdrawalStatus.Approved => new("已批准，问过支付宝 {0} 次：{1}", withdrawal.Tries, withdrawal.LastCode ?? "—"),
        WithdrawalStatus.ByHand => new("已批准，等人工打款"),
        WithdrawalStatus.Unclear => new("钱可能已经打出去，等人核实：{0}", withdrawal.LastCode ?? "—"),
        WithdrawalStatus.Paid => new("{0} 已到账，单号 {1}", withdrawal.EndedAt!.Value.ToMinute(), withdrawal.ReceiptNumber ?? "—"),
        _ => new("没有打款，{0} 已退回余额：{1}", withdrawal.EndedAt!.Value.ToMinute(), withdrawal.Answer ?? "—"),
    };

    private static IEnumerable<MoneyClause> Strays(WalletFile file) => file.Payments.Where(payment => payment.IsStray || payment.Status == PaymentStatus.Returned).Select(payment => (payment.Status switch
    {
        PaymentStatus.Returned => new MoneyClause("另有 {0} 已原路退回", payment.AmountReceived!),
        PaymentStatus.Held => new MoneyClause("另有 {0} 与应付不符，等待处理", payment.AmountReceived!),
        _ => new MoneyClause("另有 {0} 正在原路退回", payment.AmountReceived!),
    }) with
    { OpensPart = true });
}

using System.Globalization;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Wallets;
using Microsoft.Extensions.Localization;

namespace CourseShop.Components;

/// <summary>Facts in words, the same on every page.</summary>
public static class Wording
{
    extension(IStringLocalizer words)
    {
        /// <summary>A refusal in the reader's language; money and times in it are written for people.</summary>
        public string Say(Refusal refusal) => words[refusal.Key, [.. refusal.Arguments.Select(argument => argument is Refusal inner ? words.Say(inner) : argument)]];

        /// <summary>免费 instead of ¥0.00.</summary>
        public string Price(Money price) => price.IsZero ? words["免费"] : price.ToString();

        /// <summary>永久有效, 6个月有效, 1年有效, 10天有效.</summary>
        public string Term(int? days) => days switch
        {
            null => words["永久有效"],
            { } count when count % 365 == 0 => words["{0}年有效", count / 365],
            { } count when count % 30 == 0 => words["{0}个月有效", count / 30],
            { } count => words["{0}天有效", count],
        };

        /// <summary>永久有效 or 有效期至 2027-01-31.</summary>
        public string Until(DateTimeOffset? end) => end is { } day ? words["有效期至 {0}", day.ToDay()] : words["永久有效"];

        /// <summary>The first sign of a name, to stand for a picture.</summary>
        public string Mark(string name) => StringInfo.GetNextTextElement(name);

        public string Level(CourseLevel level) => level switch
        {
            CourseLevel.Beginner => words["入门"],
            CourseLevel.Intermediate => words["进阶"],
            _ => words["高级"],
        };

        public string State(OrderStatus status) => status switch
        {
            OrderStatus.AwaitingPayment => words["待支付"],
            OrderStatus.Paid => words["已支付"],
            OrderStatus.Cancelled => words["已取消"],
            OrderStatus.TimedOut => words["超时取消"],
            OrderStatus.PartRefunded => words["部分退款"],
            _ => words["已退款"],
        };

        public string Kind(CampaignKind kind) => kind switch
        {
            CampaignKind.Free => words["限时免费"],
            CampaignKind.Percent => words["限时折扣"],
            CampaignKind.Reduction => words["限时减免"],
            _ => words["满减"],
        };

        /// <summary>What a campaign gives, short: 免费, 8.2 折, 减 ¥50, 最多减 ¥80.</summary>
        public string Worth(Campaign campaign) => campaign.Kind switch
        {
            CampaignKind.Free => words["免费"],
            CampaignKind.Percent => words.Off(campaign.PayBasisPoints),
            CampaignKind.Reduction => words["减 {0}", Short(campaign.Reduction)],
            _ => words["最多减 {0}", Short(campaign.Tiers.Select(tier => tier.Off).DefaultIfEmpty().Max())],
        };

        /// <summary>满300减30，满500减80.</summary>
        public string Steps(Campaign campaign) => string.Join(words["，"], campaign.Tiers.Select(tier => words.Step(tier)));

        public string Step(CampaignTier tier) => words["满{0}减{1}", Short(tier.Threshold)[1..], Short(tier.Off)[1..]];

        /// <summary>Why a price is what it is: 限时折扣 8.2 折, or 原价购买.</summary>
        public string Label(CampaignPrice price) => price.Campaign switch
        {
            null when price.Price.IsZero => words["免费课程"],
            null => words["原价购买"],
            { Kind: CampaignKind.Free } free => words.Kind(free.Kind),
            { Kind: CampaignKind.Tiers } tiers => words.Steps(tiers),
            { } campaign => $"{words.Kind(campaign.Kind)} {words.Worth(campaign)}",
        };

        public string Kind(CreditKind kind) => kind switch
        {
            CreditKind.Earned => words["业务增值"],
            CreditKind.Spent => words["购物消费"],
            CreditKind.Granted => words["系统赠送"],
            _ => words["返还"],
        };

        public string Kind(WalletKind kind) => kind switch
        {
            WalletKind.TopUp => words["充值"],
            WalletKind.OrderPaid => words["支付订单"],
            WalletKind.Refund => words["退款"],
            WalletKind.TipIn => words["收到赞赏"],
            WalletKind.TipOut => words["送出赞赏"],
            WalletKind.PlatformShare => words["平台分成"],
            WalletKind.Withdrawal => words["提现"],
            _ => words["提现退回"],
        };

        public string State(WithdrawalStatus status) => status switch
        {
            WithdrawalStatus.Requested => words["待审核"],
            WithdrawalStatus.Approved => words["打款中"],
            WithdrawalStatus.ByHand => words["待人工打款"],
            WithdrawalStatus.Unclear => words["待核实"],
            WithdrawalStatus.Paid => words["已到账"],
            WithdrawalStatus.Declined => words["已拒绝"],
            _ => words["打款失败"],
        };

        /// <summary>What happens next, for who asked.</summary>
        public string Next(Withdrawal withdrawal) => withdrawal.Status switch
        {
            WithdrawalStatus.Requested => words["财务正在审核，一般一个工作日内有结果。"],
            WithdrawalStatus.Approved or WithdrawalStatus.ByHand => words["已经批准，正在打款到您的支付宝。"],
            WithdrawalStatus.Unclear => words["正在和支付宝核实，有结果马上更新。"],
            WithdrawalStatus.Paid => words["已打到支付宝 {0}，单号 {1}。", withdrawal.Account, withdrawal.ReceiptNumber ?? "—"],
            _ => words["没有打款，钱已退回余额。原因：{0}", withdrawal.Answer ?? "—"],
        };

        public string Channel(PaymentChannel channel) => channel == PaymentChannel.Balance ? words["账户余额"] : words["支付宝"];

        /// <summary>Where a refund's money goes.</summary>
        public string BackTo(PaymentChannel channel) => channel == PaymentChannel.Balance ? words["退回账户余额"] : words["原路退回支付宝"];

        /// <summary>What asking the gateway came to; nothing to say where it was paid, since the page then says so.</summary>
        public string? Found(GatewayFinding finding) => finding switch
        {
            GatewayFinding.NotPaid => words["暂未收到您的付款"].Value,
            GatewayFinding.Unknown => words["支付结果确认中，请勿重复付款"].Value,
            _ => null,
        };

        /// <summary>What becomes of a top-up's or a tip's money that can't be used as it came.</summary>
        public string StrayOf(Payment payment) => payment.Status switch
        {
            PaymentStatus.Returned => words["不能入账的付款 {0} 已经原路退回。", payment.AmountReceived!],
            PaymentStatus.Held => words["收到的付款 {0} 与应付的金额不一致，客服正在核对，会尽快联系您。", payment.AmountReceived!],
            _ => words["收到了多余的付款 {0}，正在原路退回，一般 1 到 3 个工作日到账。", payment.AmountReceived!],
        };

        /// <summary>What a coupon gives, short: ¥60, 9 折, 8.5 折 (10% off in English).</summary>
        public string Worth(Coupon coupon) => coupon.Kind == CouponKind.Amount
            ? coupon.Amount.Fen % 100 == 0 ? $"¥{coupon.Amount.Fen / 100}" : coupon.Amount.ToString()
            : words.Off(coupon.PayBasisPoints);

        /// <summary>An attempt's state as its shopper reads it.</summary>
        public string ForShopper(PaymentStatus status) => status switch
        {
            PaymentStatus.Created or PaymentStatus.Opened => words["等待付款"],
            PaymentStatus.Settled => words["已付"],
            PaymentStatus.Closed => words["已关闭"],
            PaymentStatus.Held => words["金额待核对"],
            PaymentStatus.Returned => words["已原路退回"],
            _ => words["退款中"],
        };

        /// <summary>What becomes of money that can't be used as it came.</summary>
        public string Stray(Payment payment) => payment.Status switch
        {
            PaymentStatus.Returned => words["不能用于这个订单的付款 {0} 已经原路退回。", payment.AmountReceived!],
            PaymentStatus.Late => words["订单结束以后收到了您的付款 {0}。课程已经不能按这个订单开通，这笔钱正在原路退回，一般 1 到 3 个工作日到账。", payment.AmountReceived!],
            PaymentStatus.Second => words["这个订单收到了第二笔付款 {0}。多付的钱正在原路退回，一般 1 到 3 个工作日到账。", payment.AmountReceived!],
            _ => words["收到的付款 {0} 与订单金额不一致，客服正在核对，会尽快联系您。", payment.AmountReceived!],
        };

        /// <summary>A step of an order's history.</summary>
        public string Step(OrderEventKind kind) => kind switch
        {
            OrderEventKind.Placed => words["提交订单"],
            OrderEventKind.PaymentOpened => words["打开支付页面"],
            OrderEventKind.Paid => words["支付完成"],
            OrderEventKind.Cancelled => words["取消订单"],
            OrderEventKind.TimedOut => words["超时取消，优惠券和积分已退回"],
            OrderEventKind.Revived => words["订单结束后收到付款，课程已补开"],
            OrderEventKind.LateMoney => words["订单结束后收到付款，自动退款"],
            OrderEventKind.SecondMoney => words["收到第二笔付款，自动退款"],
            OrderEventKind.MoneyReturned => words["款项已原路退回"],
            OrderEventKind.RefundRequested => words["申请退款"],
            OrderEventKind.RefundWithdrawn => words["撤回退款申请"],
            OrderEventKind.RefundDeclined => words["退款申请没有通过"],
            OrderEventKind.RefundStarted => words["开始退款"],
            OrderEventKind.Refunded => words["退款完成，学习权限结束"],
            OrderEventKind.RefundFailed => words["支付宝没有接受退款"],
            OrderEventKind.HeldMoneyAccepted => words["核对后收下这笔付款"],
            _ => words["收到的付款金额不一致，等待核对"],
        };

        /// <summary>Where an order's money is, as one sentence.</summary>
        public string Tell(IReadOnlyList<MoneyClause> story) =>
            string.Concat(story.Select((clause, at) => $"{(at == 0 ? "" : clause.OpensPart ? words["；"].Value : words["，"].Value)}{words[clause.Key, clause.Arguments].Value}")) + words["。"];

        /// <summary>满 300, 无门槛, 最高减 ¥50.</summary>
        public string Condition(Coupon coupon) => coupon switch
        {
            { Kind: CouponKind.Percent, Cap: { } cap, Threshold.IsZero: true } => words["最高减 {0}", Short(cap)],
            { Threshold.IsZero: true } => words["无门槛"],
            _ => words["满 {0}", Short(coupon.Threshold)],
        };

        /// <summary>What a coupon is for: 全部课程, 指定方向, 指定课程; and 最贵的一门 where only that counts.</summary>
        public string Scope(Coupon coupon)
        {
            var scope = coupon.Scope switch
            {
                CouponScope.Categories => words["指定方向的课程"],
                CouponScope.Courses => words["指定的 {0} 门课程", coupon.ScopeIds.Count],
                _ => words["全部课程"],
            };
            return coupon.Base == CouponBase.DearestCourse ? words["{0}，只减最贵的一门", scope] : scope;
        }

        /// <summary>8.2 折 (18% off in English): each language takes the number it says.</summary>
        public string Off(int payBasisPoints) => words["{0} 折",
            (payBasisPoints / 1000m).ToString("0.##", CultureInfo.InvariantCulture), ((10_000 - payBasisPoints) / 100m).ToString("0.##", CultureInfo.InvariantCulture)];

        /// <summary>08:12, 1:02:30.</summary>
        public string Length(int seconds) => seconds >= 3600
            ? $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}"
            : $"{seconds / 60:00}:{seconds % 60:00}";

        /// <summary>约 21 小时, 约 40 分钟.</summary>
        public string AboutHours(int seconds) => seconds >= 3600
            ? words["约 {0} 小时", (seconds + 1800) / 3600]
            : words["约 {0} 分钟", Math.Max(1, (seconds + 30) / 60)];

        /// <summary>An attempt's state as staff read it.</summary>
        public string ForStaff(PaymentStatus status) => status switch
        {
            PaymentStatus.Created => words["未打开"],
            PaymentStatus.Opened => words["等待付款"],
            PaymentStatus.Settled => words["已入账"],
            PaymentStatus.Closed => words["已关闭"],
            PaymentStatus.Held => words["冻结：金额不符"],
            PaymentStatus.Late => words["迟到：退款中"],
            PaymentStatus.Second => words["重复付款：退款中"],
            _ => words["已原路退回"],
        };

        /// <summary>What became of a notification.</summary>
        public string Verdict(NotificationVerdict verdict) => verdict switch
        {
            NotificationVerdict.Forged => words["验签失败"],
            NotificationVerdict.Settled => words["已入账"],
            NotificationVerdict.NothingToDo => words["重复或无需处理"],
            NotificationVerdict.UnknownNumber => words["没有这个付款单号"],
            NotificationVerdict.NotOurs => words["不是本店的应用或收款方"],
            NotificationVerdict.Held => words["金额不符，已冻结"],
            NotificationVerdict.Late => words["迟到的付款"],
            NotificationVerdict.Second => words["重复付款"],
            NotificationVerdict.RefundElsewhere => words["在支付宝退过款，不是本店退的"],
            _ => words["内容读不出来"],
        };

        /// <summary>A number that is counted no further than it matters: 7, 99+.</summary>
        public string UpTo99(int count) => count > 99 ? "99+" : count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>¥50 for whole yuan, ¥49.50 for others.</summary>
    private static string Short(Money money) => money.Fen % 100 == 0 ? string.Create(CultureInfo.InvariantCulture, $"¥{money.Fen / 100}") : money.ToString();
}

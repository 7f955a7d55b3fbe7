using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.Extensions.Localization;

namespace CourseShop.Components;

/// <summary>Refunds in words, the same for shopper and staff where they mean the same.</summary>
public static class RefundWording
{
    extension(IStringLocalizer words)
    {
        public string State(OrderRefundStatus status) => status switch
        {
            OrderRefundStatus.Requested => words["待审核"],
            OrderRefundStatus.Declined => words["已拒绝"],
            OrderRefundStatus.Withdrawn => words["已撤回"],
            OrderRefundStatus.Open => words["退款中"],
            OrderRefundStatus.Done => words["已退款"],
            _ => words["退款失败"],
        };

        public string State(RefundStatus status) => status switch
        {
            RefundStatus.Open => words["退款中"],
            RefundStatus.Done => words["已退款"],
            _ => words["支付宝拒绝"],
        };

        /// <summary>What a refund's shopper can expect next.</summary>
        public string Next(OrderRefundStatus status) => status switch
        {
            OrderRefundStatus.Requested => words["申请已收到，客服审核后会在这里答复。审核期间课程照常学习。"],
            OrderRefundStatus.Declined => words["申请没有通过，课程照常学习。"],
            OrderRefundStatus.Withdrawn => words["申请已撤回，课程照常学习。"],
            OrderRefundStatus.Open => words["正在退回，一般 1 到 3 个工作日到账。"],
            OrderRefundStatus.Done => words["款项已原路退回，学习权限已结束。"],
            _ => words["支付宝没有接受这笔退款，客服会联系您。课程照常学习。"],
        };

        /// <summary>What staff are told after pressing.</summary>
        public string Came(OrderRefundStatus status) => status switch
        {
            OrderRefundStatus.Done => words["退款完成"],
            OrderRefundStatus.Failed => words["支付宝拒绝了这笔退款"],
            OrderRefundStatus.Declined => words["申请已拒绝，买家会看到原因"],
            _ => words["退款已开始，支付宝答复后状态会改变"],
        };

        /// <summary>What becomes of an order's coupon.</summary>
        public string Fate(CouponFate fate) => fate switch
        {
            CouponFate.ComesBack => words["退回，可以再用"],
            CouponFate.HasExpired => words["已过期，不退回"],
            CouponFate.StaysUsed => words["不退回（整单退款才退）"],
            _ => "",
        };
    }
}

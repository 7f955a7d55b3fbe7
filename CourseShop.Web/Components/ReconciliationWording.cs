using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using Microsoft.Extensions.Localization;

namespace CourseShop.Components;

/// <summary>Reconciliation in words.</summary>
public static class ReconciliationWording
{
    extension(IStringLocalizer words)
    {
        public string State(ReconciliationState state) => state switch
        {
            ReconciliationState.Asked => words["排队中"],
            ReconciliationState.Running => words["对账中"],
            ReconciliationState.Waiting => words["等待账单"],
            ReconciliationState.Clean => words["一致"],
            ReconciliationState.Differences => words["有差异"],
            _ => words["没有对成"],
        };

        public string Trouble(ReconciliationTrouble trouble) => trouble switch
        {
            ReconciliationTrouble.NoBill => words["支付宝还没有这一天的账单"],
            ReconciliationTrouble.NoAnswer => words["支付宝没有给出确定的答复"],
            ReconciliationTrouble.BrokenBill => words["账单自相矛盾，没有采用"],
            ReconciliationTrouble.Interrupted => words["对账中途停了"],
            _ => words["本店出错，日志里有详情"],
        };

        public string Kind(DifferenceKind kind) => kind switch
        {
            DifferenceKind.MissingHere => words["本店没有"],
            DifferenceKind.MissingThere => words["账单没有"],
            DifferenceKind.Amount => words["金额不一致"],
            DifferenceKind.State => words["状态不一致"],
            DifferenceKind.PaidTwice => words["重复付款"],
            _ => words["退款不一致"],
        };

        /// <summary>The one button of a difference.</summary>
        public string Press(DifferenceAction action) => action switch
        {
            DifferenceAction.Settle => words["问支付宝并入账"],
            DifferenceAction.AskRefund => words["查这笔退款"],
            _ => words["再问支付宝"],
        };

        /// <summary>What the button does, or why there is none.</summary>
        public string Advice(ReconciliationDifference difference) => (difference.Action, difference.Kind) switch
        {
            (DifferenceAction.Settle, DifferenceKind.PaidTwice) => words["支付宝确认后入账；多付的这一笔会自动原路退回。"],
            (DifferenceAction.Settle, _) => words["支付宝确认后入账：订单还能给就开通课程，不能给就自动原路退回。"],
            (DifferenceAction.AskTrade, _) => words["只问不改。跨零点的付款可能在次日账单里，对次日的账时会自动核销。"],
            (DifferenceAction.AskRefund, _) => words["只问不改。还没有结果的退款，店里会自己一直问到有结果。"],
            (_, DifferenceKind.Amount) => words["没有可按的：金额不能靠按钮来改。请到支付宝商家平台查这笔交易，再标记为已核实。"],
            (_, DifferenceKind.State) when difference.IsRefund => words["没有可按的：钱已经在支付宝全部退回，课程还开着。请先处理订单，再标记为已核实。"],
            (_, DifferenceKind.State) => words["没有可按的：这笔交易在两边挂着不同的付款单号。请查清是哪一单，再标记为已核实。"],
            (_, DifferenceKind.Refund) => words["没有可按的：这笔退款不是从店里发起的。请到支付宝商家平台查明，再标记为已核实。"],
            _ => words["没有可按的：这个单号不是本店的，可能来自同一商户号下的别处。请查明，再标记为已核实。"],
        };

        public string Answer(DifferenceAnswer answer) => answer switch
        {
            DifferenceAnswer.Booked => words["支付宝确认已付款，已经入账"],
            DifferenceAnswer.Paid => words["支付宝确认已付款"],
            DifferenceAnswer.NotPaid => words["支付宝说没有付款"],
            DifferenceAnswer.NoSuchTrade => words["支付宝没有这笔交易"],
            DifferenceAnswer.Refunded => words["支付宝确认已退款"],
            DifferenceAnswer.NoSuchRefund => words["支付宝没有这笔退款"],
            _ => words["支付宝还没有答复，请稍后再问"],
        };

        public string Ending(DifferenceEnding ending) => ending switch
        {
            DifferenceEnding.Booked => words["已核实并入账"],
            DifferenceEnding.FoundBeside => words["相邻一天的账单里有，自动核销"],
            _ => words["已核实"],
        };

        public string ForStaff(RefundStatus status) => status switch
        {
            RefundStatus.Open => words["退款中"],
            RefundStatus.Done => words["已退款"],
            _ => words["支付宝拒绝退款"],
        };
    }
}

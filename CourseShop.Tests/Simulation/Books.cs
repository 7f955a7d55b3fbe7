using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Simulation;

/// <summary>The shop's books beside the gateway's, when everything has come to its end: no money without goods, without a way back, or without a person who knows.</summary>
internal static class Books
{
    public static async Task<List<string>> DifferencesAsync(ShopDb db, SimulatedGateway gateway)
    {
        var differences = new List<string>();
        var payments = await db.Payments.AsNoTracking().ToListAsync();
        var refunds = await db.Refunds.AsNoTracking().ToListAsync();
        var bought = await db.Orders.Include(order => order.Lines).AsNoTracking().ToDictionaryAsync(order => order.Number, order => order.Lines.Where(line => line.RefundedAt is null).Sum(line => line.Amount.Fen), StringComparer.Ordinal);
        var tips = await db.Tips.AsNoTracking().ToDictionaryAsync(tip => tip.Number, StringComparer.Ordinal);
        foreach (var trade in gateway.Trades.Where(trade => trade.PaidAt is not null))
        {
            var payment = payments.Find(known => known.TradeNo == trade.TradeNo);
            var isRefused = refunds.Exists(refund => refund.PaymentId == payment?.Id && refund.Status == RefundStatus.Refused); // a person knows
            var kept = (trade.Amount - trade.Refunded).Fen;
            Check(payment is not null && payment.OutTradeNo == trade.OutTradeNo && payment.AmountReceived == trade.Amount, $"{trade.TradeNo}: the shop doesn't know of this money");
            Check(isRefused ? kept > 0 : kept == (payment?.Status == PaymentStatus.Settled ? Sold(payment) : 0), $"{trade.TradeNo} is {payment?.Status}, and {kept} of {trade.Amount.Fen} fen were kept");
        }

        foreach (var payment in payments.Where(payment => payment.HasMoney && payment.Channel == PaymentChannel.Alipay))
            Check(gateway.Trades.Exists(trade => trade.TradeNo == payment.TradeNo && trade.PaidAt is not null), $"{payment.TradeNo}: nobody paid it");
        foreach (var refund in refunds.Where(refund => payments.Exists(payment => payment.Id == refund.PaymentId && payment.Channel == PaymentChannel.Alipay)))
        {
            var moved = gateway.Trades.SelectMany(trade => trade.Refunds).Where(moved => moved.Key == refund.RefundNumber).Sum(moved => moved.Value.Fen);
            Check(moved == (refund.Status == RefundStatus.Done ? refund.Amount.Fen : 0), $"{refund.RefundNumber} is {refund.Status}, and {moved} fen moved");
        }

        foreach (var withdrawal in await db.Withdrawals.AsNoTracking().ToListAsync())
            Check(gateway.Transfers.ContainsKey(withdrawal.Number) == (withdrawal.Status == WithdrawalStatus.Paid), $"{withdrawal.Number} is {withdrawal.Status}, and {(gateway.Transfers.ContainsKey(withdrawal.Number) ? "was" : "was not")} transferred");

        return differences;

        long Sold(Payment payment) => payment.Purpose switch
        {
            PaymentPurpose.Order => bought[payment.PurposeNumber],
            PaymentPurpose.Tip when tips[payment.PurposeNumber].RefundedAt is not null => 0,
            _ => payment.Amount.Fen,
        };

        void Check(bool holds, string otherwise)
        {
            if (!holds)
                differences.Add(otherwise);
        }
    }
}

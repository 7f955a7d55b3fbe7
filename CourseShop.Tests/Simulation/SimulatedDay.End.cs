using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Simulation;

/// <summary>How a day ends: nothing may be left lying.</summary>
internal sealed partial class SimulatedDay
{
    /// <summary>Nothing new begins, everything is well again, and the shop does what it does by itself.</summary>
    private void ComeToAnEnd()
    {
        Story.Tell("nothing new begins");
        Gateway.LostOfHundred = 0;
        _processes.ForEach(process => process.Statements.FailAfter(null));
        RunDry();
        for (var sweeps = 0; sweeps < 6; sweeps++)
            PassAnd(ShopSteps.Sweep);
        Require(Read(db => db.Orders.Where(order => order.Status == OrderStatus.AwaitingPayment).Select(order => $"{order.Number} still awaits its payment").ToListAsync()));

        foreach (var news in Gateway.Archive.Where(news => news.Trade.WasPaid && !Promises.IsAcknowledged(news.Trade.TradeNo)).ToList())
            PassAnd(day => GatewaySteps.Tell(day, news, comesAgain: false));
        for (var rounds = 0; rounds < 4; rounds++)
        {
            foreach (var _ in Read(db => db.Payments.Where(payment => payment.Status == PaymentStatus.Held).ToListAsync()))
                PassAnd(ShopSteps.SendBackHeldMoney);
            for (var sends = 0; sends < 12 && HasOpenRefunds(); sends++)
                PassAnd(ShopSteps.SendRefunds);
        }

        for (var sends = 0; sends < 12 && Read(db => db.Withdrawals.AnyAsync(withdrawal => withdrawal.Status == WithdrawalStatus.Approved)); sends++)
            PassAnd(WalletSteps.Send);
        Require(Read(db => db.Withdrawals.Where(withdrawal => withdrawal.Status == WithdrawalStatus.Approved).Select(withdrawal => $"{withdrawal.Number} is still on its way").ToListAsync()));
        Require(Read(db => db.Payments.Where(payment => payment.Status == PaymentStatus.Opened && payment.Purpose != PaymentPurpose.Order).Select(payment => $"{payment.OutTradeNo} is still open").ToListAsync()));
        Require(Read(db => db.Refunds.Where(refund => refund.Status == RefundStatus.Open).Select(refund => $"{refund.RefundNumber} is still open").ToListAsync()));
        Look();
        Require(Read(db => Books.DifferencesAsync(db, Gateway)));
    }

    private bool HasOpenRefunds() => Read(db => db.Refunds.AnyAsync(refund => refund.Status == RefundStatus.Open));

    private void PassAnd(Action<SimulatedDay> step)
    {
        Clock.Pass(TimeSpan.FromMinutes(31));
        step(this);
        RunDry();
    }

    private void RunDry()
    {
        for (var turns = 0; _going.Count > 0; turns++)
        {
            if (turns > 20_000)
                throw new InvalidOperationException($"These never end: {string.Join(", ", _going.Select(going => going.Name))}");
            GoOn();
            NoteWhatEnded();
        }
    }
}

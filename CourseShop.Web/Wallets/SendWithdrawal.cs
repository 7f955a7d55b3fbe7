using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>
/// Carries one approved withdrawal out: the intention is saved, the gateway is called, the outcome is saved. What has no sure answer is asked about, then
/// sent again under the same number, until it is known. What may have moved money is never put back by itself.
/// </summary>
public sealed class SendWithdrawal(ShopWriter writer, IEnumerable<IPayoutGateway> gateways, TimeProvider clock)
{
    private const string Title = "余额提现";

    /// <summary>Null: it is not due, or another process is at it.</summary>
    /// <param name="id">The withdrawal.</param>
    /// <param name="stop">Stops waiting for the first unit's turn; a call that was begun is heard to its end.</param>
    public async Task<WithdrawalStatus?> RunAsync(long id, CancellationToken stop)
    {
        if (await writer.RunAsync((db, token) => ClaimAsync(db, id, token), stop) is not { } claim)
            return null;
        var (answer, isFirst) = await AskOrSendAsync(claim);
        return await writer.RunAsync((db, token) => NoteAsync(db, id, answer, isFirst, token), CancellationToken.None);
    }

    private async Task<Claim?> ClaimAsync(ShopDb db, long id, CancellationToken stop)
    {
        await db.TakeTurnsAsync(db.Withdrawals.Where(due => due.Id == id).Select(due => due.UserId), stop);
        var now = clock.GetUtcNow();
        if (await db.Withdrawals.Due(now).SingleOrDefaultAsync(due => due.Id == id, stop) is not { } withdrawal)
            return null;
        var claim = new Claim(withdrawal, withdrawal.WasSent);
        withdrawal.Try(now);
        await db.SaveChangesAsync(stop);
        return claim;
    }

    /// <summary>The answer, and whether nothing can have been sent under this number before.</summary>
    private async Task<(GatewayAnswer<GatewayTransfer> Answer, bool IsFirst)> AskOrSendAsync(Claim claim)
    {
        var (withdrawal, wasSent) = claim;
        var gateway = gateways.Single(candidate => candidate.Channel == PaymentChannel.Alipay);
        if (wasSent)
        {
            var known = await gateway.QueryTransferAsync(withdrawal.Number, CancellationToken.None);
            if (known.Refusal != GatewayRefusal.TransferNotExist)
                return (known, false);
        }

        var payee = new TransferPayee(PayeeKind.SignInName, withdrawal.Account, withdrawal.RealName);
        return (await gateway.TransferAsync(new(withdrawal.Number, withdrawal.Amount, payee, Title, Title), CancellationToken.None), !wasSent);
    }

    private async Task<WithdrawalStatus?> NoteAsync(ShopDb db, long id, GatewayAnswer<GatewayTransfer> answer, bool isFirst, CancellationToken stop)
    {
        await db.TakeTurnsAsync(db.Withdrawals.Where(sent => sent.Id == id).Select(sent => sent.UserId), stop);
        var withdrawal = await db.Withdrawals.SingleAsync(sent => sent.Id == id, stop);
        if (withdrawal.Status != WithdrawalStatus.Approved)
            return null;
        var now = clock.GetUtcNow();
        Decide(withdrawal, answer, isFirst, now);
        await db.BookEndingAsync(withdrawal, now, stop);
        await db.SaveChangesAsync(stop);
        return withdrawal.Status;
    }

    private static void Decide(Withdrawal withdrawal, GatewayAnswer<GatewayTransfer> answer, bool isFirst, DateTimeOffset now)
    {
        switch (answer)
        {
            case { Value: { Status: TransferStatus.Done } done }:
                withdrawal.Complete(done.TransferId, now);
                break;
            case { Value: { Status: TransferStatus.Failed or TransferStatus.Returned } back }:
                withdrawal.Fail(back.FailureCode ?? back.Status.ToString(), now);
                break;
            case { Refusal: GatewayRefusal.NeedsCertificates }:
                LeaveToStaff(withdrawal, answer.Code, isFirst);
                break;
            case { Refusal: GatewayRefusal.PayeeWrong or GatewayRefusal.TransferNotPossible } when isFirst:
                withdrawal.Fail(answer.Code ?? answer.Refusal.ToString(), now);
                break;
            case { Refusal: GatewayRefusal.TransferDiffers or GatewayRefusal.PayeeWrong or GatewayRefusal.TransferNotPossible }:
                withdrawal.Doubt(answer.Code);
                break;
            default:
                withdrawal.StayOpen(answer.Code);
                break;
        }
    }

    /// <summary>The mode was changed after something was sent: money may have moved then.</summary>
    private static void LeaveToStaff(Withdrawal withdrawal, string? code, bool isFirst)
    {
        if (isFirst)
            withdrawal.LeaveToStaff(code);
        else
            withdrawal.Doubt(code);
    }

    private sealed record Claim(Withdrawal Withdrawal, bool WasSent);
}

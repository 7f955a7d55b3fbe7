namespace CourseShop.Payments;

/// <summary>
/// A channel that money leaves the shop's account through, other than by refunds. Calls never throw for what the gateway or the network does:
/// that is <see cref="GatewayVerdict.Unknown"/>, and is asked about under the same number until it is known.
/// </summary>
public interface IPayoutGateway
{
    /// <summary>Which channel this is.</summary>
    PaymentChannel Channel { get; }

    /// <summary>
    /// Sends money to somebody's account (Alipay: alipay.fund.trans.uni.transfer). The same number with the same facts may be sent again and again: money moves once.
    /// Refused with <see cref="GatewayRefusal.NeedsCertificates"/>, without a call, where the shop doesn't sign with certificates.
    /// </summary>
    Task<GatewayAnswer<GatewayTransfer>> TransferAsync(TransferRequest request, CancellationToken stop);

    /// <summary>Asks what became of a transfer (Alipay: alipay.fund.trans.common.query); <see cref="GatewayRefusal.TransferNotExist"/> where the gateway knows nothing of it (yet).</summary>
    Task<GatewayAnswer<GatewayTransfer>> QueryTransferAsync(string transferNumber, CancellationToken stop);

    /// <summary>What the shop's account holds (Alipay: alipay.data.bill.balance.query).</summary>
    Task<GatewayAnswer<GatewayBalance>> BalanceAsync(CancellationToken stop);
}

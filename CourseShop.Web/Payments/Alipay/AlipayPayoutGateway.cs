using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay as the way for money to leave the shop's account: only for an app that signs with certificates, which Alipay demands for this.</summary>
public sealed class AlipayPayoutGateway(AlipayClient client, IOptions<AlipayOptions> options) : IPayoutGateway
{
    /// <inheritdoc />
    public PaymentChannel Channel => PaymentChannel.Alipay;

    /// <inheritdoc />
    public async Task<GatewayAnswer<GatewayTransfer>> TransferAsync(TransferRequest request, CancellationToken stop)
    {
        var call = AlipayTransfer.Of(request);
        return options.Value.CanTransfer ? await client.AskAsync(call, stop) : NeedsCertificates;
    }

    /// <inheritdoc />
    public async Task<GatewayAnswer<GatewayTransfer>> QueryTransferAsync(string transferNumber, CancellationToken stop)
    {
        var call = AlipayTransfer.Query(transferNumber);
        return options.Value.CanTransfer ? await client.AskAsync(call, stop) : NeedsCertificates;
    }

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayBalance>> BalanceAsync(CancellationToken stop) => client.AskAsync(AlipayBalance.Query(), stop);

    private static GatewayAnswer<GatewayTransfer> NeedsCertificates => new(GatewayVerdict.No, Refusal: GatewayRefusal.NeedsCertificates, Code: "not asked: public-key mode");
}

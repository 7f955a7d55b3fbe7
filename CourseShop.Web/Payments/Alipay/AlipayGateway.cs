using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay as the shop's payment gateway. Whatever is not a signed yes or a signed no is unknown.</summary>
public sealed class AlipayGateway(AlipayClient client, DownloadBill download, IOptions<AlipayOptions> options, AlipayKeyRing keys) : IPaymentGateway
{
    /// <inheritdoc />
    public PaymentChannel Channel => PaymentChannel.Alipay;

    /// <inheritdoc />
    public string PayPage(PaymentRequest request, DateTimeOffset now) => AlipayRequest.PayPage(request, options.Value, keys, now).Url;

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop, string? tradeNo = null) => client.AskAsync(AlipayTrade.Query(outTradeNo, tradeNo), stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop) => client.AskAsync(AlipayTrade.Close(outTradeNo), stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<CancelledTrade>> CancelAsync(string outTradeNo, CancellationToken stop) => client.AskAsync(AlipayCancel.Of(outTradeNo), stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayRefund>> RefundAsync(RefundRequest request, CancellationToken stop) => client.AskAsync(AlipayRefund.Of(request), stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayRefund>> QueryRefundAsync(string outTradeNo, string tradeNo, string refundNumber, CancellationToken stop) =>
        client.AskAsync(AlipayRefund.Query(outTradeNo, tradeNo, refundNumber), stop);

    /// <inheritdoc />
    public async Task<GatewayAnswer<GatewayBill>> BillAsync(DateOnly day, CancellationToken stop)
    {
        var found = await client.AskAsync(AlipayBillAddress.Of(day), stop);
        if (AlipayBillAddress.SaysThatNothingMoved(found))
            return new(GatewayVerdict.Yes, new EmptyBill());
        return found.Value is { } address ? await download.RunAsync(address, day, stop) : new(found.Verdict, Refusal: found.Refusal, Code: found.Code);
    }
}

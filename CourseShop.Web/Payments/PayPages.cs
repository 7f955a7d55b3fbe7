namespace CourseShop.Payments;

/// <summary>The gateway's page for an attempt that was opened, whatever it is for.</summary>
public sealed class PayPages(IEnumerable<IPaymentGateway> gateways, TimeProvider clock)
{
    /// <summary>Its signed address.</summary>
    /// <param name="payment">An opened attempt.</param>
    /// <param name="visit">The shop's address, and what the buyer holds.</param>
    /// <param name="quitPath">Where a buyer who gives up on a phone goes.</param>
    public string AddressOf(Payment payment, PaymentVisit visit, string quitPath)
    {
        var request = new PaymentRequest(payment.OutTradeNo, payment.Amount, payment.Subject, payment.PayBy, visit.IsPhone,
            ReturnUrl: $"{visit.PublicUrl}/payments/alipay/return", NotifyUrl: $"{visit.PublicUrl}/payments/alipay/notify", QuitUrl: visit.PublicUrl + quitPath);
        return gateways.Single(gateway => gateway.Channel == payment.Channel).PayPage(request, clock.GetUtcNow());
    }
}

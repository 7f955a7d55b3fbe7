using CourseShop.AlipaySimulator;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

/// <summary>Buying in certificate mode, before and after Alipay changes its certificate; over HTTP, with the simulator.</summary>
public sealed class CertificateModeTests : IDisposable
{
    private readonly ShopWithSimulator shop = new(certificates: true);

    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task A_course_is_bought_and_Alipays_notification_is_believed()
    {
        var shopper = await shop.SignedInAsync();
        var (number, back) = await PayAsync(shopper, await shop.PlainCourseAsync());

        await shop.DeliverNotificationsAsync();

        Assert.Equal(OrderStatus.Paid, await shop.StatusAsync(number));
        Assert.All(shop.Service<SimulatorStore>().LatestNotifications(9), notification => Assert.True(notification.IsAcknowledged));
        Assert.EndsWith($"/orders/{number}/result", (await shopper.GetAsync(back)).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0, Downloads());
    }

    [Fact]
    public async Task After_a_change_of_certificate_the_buyer_who_comes_back_has_paid()
    {
        var shopper = await shop.SignedInAsync();
        var (number, back) = await PayAsync(shopper, await shop.PlainCourseAsync(), changed: true);

        var result = await shopper.GetAsync(back);

        Assert.EndsWith($"/orders/{number}/result", result.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Paid, await shop.StatusAsync(number));
        Assert.Equal(1, Downloads());
    }

    [Fact]
    public async Task After_a_change_of_certificate_notifications_are_believed_as_soon_as_an_answer_named_it()
    {
        var shopper = await shop.SignedInAsync();
        var (first, _) = await PayAsync(shopper, await shop.PlainCourseAsync(), changed: true);
        await shop.DeliverNotificationsAsync();
        Assert.Equal(OrderStatus.AwaitingPayment, await shop.StatusAsync(first)); // nobody's yet: Alipay sends it again

        Assert.Equal(GatewayFinding.Paid, await shop.InScopeAsync<AskGateway, GatewayFinding>(ask => ask.RunAsync(PaymentPurpose.Order, first, CancellationToken.None)));
        var (second, _) = await PayAsync(shopper, await shop.PlainCourseAsync(skip: 1));
        await shop.DeliverNotificationsAsync();

        Assert.Equal((OrderStatus.Paid, OrderStatus.Paid), (await shop.StatusAsync(first), await shop.StatusAsync(second)));
        Assert.Equal(1, Downloads());
    }

    [Fact]
    public async Task A_forged_return_stays_forged_though_Alipay_was_asked()
    {
        var shopper = await shop.SignedInAsync();
        var (number, back) = await PayAsync(shopper, await shop.PlainCourseAsync());
        var outTradeNo = await shop.ReadAsync(db => db.Payments.Where(payment => payment.PurposeNumber == number).Select(payment => payment.OutTradeNo).SingleAsync());

        var forged = await shopper.GetAsync(back.Replace("total_amount=", "total_amount=1", StringComparison.Ordinal));
        var unknown = await shopper.GetAsync(back.Replace(outTradeNo, "CS0", StringComparison.Ordinal));

        Assert.Equal((System.Net.HttpStatusCode.BadRequest, System.Net.HttpStatusCode.BadRequest), (forged.Status, unknown.Status));
    }

    /// <summary>From the course through the cashier; yields the order's number and where Alipay leads the browser.</summary>
    private async Task<(string Number, string Back)> PayAsync(Shopper shopper, long courseId, bool changed = false)
    {
        var number = await shopper.OrderAsync(courseId);
        var cashier = await shopper.FollowAsync((await shopper.OpenPaymentAsync(number)).Location!.OriginalString);
        if (changed)
        {
            var control = await shopper.GetAsync("/alipay-simulator");
            await shopper.SubmitAsync(control, "form[action*='Rotate']", button: "更换支付宝证书");
        }
        var paid = await shopper.SubmitAsync(cashier, "form:has(button.main)", button: "付款");
        return (number, paid.Location!.PathAndQuery);
    }

    private int Downloads() => shop.Service<SimulatorStore>().LatestCalls(200).Count(call => call.Method == CertificateDownload.Method);
}

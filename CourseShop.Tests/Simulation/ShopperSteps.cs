using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>What shoppers do, in the shop and at the gateway.</summary>
internal static class ShopperSteps
{
    /// <summary>From the confirm page to the order, with what the page offers; sometimes the form is sent twice.</summary>
    public static void Place(SimulatedDay day)
    {
        var random = day.Random;
        var (userId, isCart, courseId) = (day.AnyUser(), random.Next(3) == 0, day.AnyCourse());
        var (wish, submits, key) = (random.Next(3), random.Next(5) == 0 ? 2 : 1, day.NextKey());
        var channel = random.Next(6) == 0 ? PaymentChannel.Balance : PaymentChannel.Alipay;
        day.Start($"shopper {userId} orders {(isCart ? "the cart" : $"course {courseId}")}", async shop =>
        {
            for (var added = 0; isCart && added < 3; added++)
                await shop.GetRequiredService<AddToCart>().RunAsync(new CartOwner(userId, null), day.AnyCourse(), null, CancellationToken.None);
            var selection = isCart ? CheckoutSelection.Cart : new CheckoutSelection(courseId, null);
            var quoteCart = shop.GetRequiredService<QuoteCart>();
            var offer = await quoteCart.RunAsync(userId, selection, new CheckoutChoices(null, 0), CancellationToken.None);
            var coupons = offer.Coupons.Where(coupon => coupon.Obstacle is null).ToList();
            var choices = new CheckoutChoices(wish == 1 && coupons.Count > 0 ? coupons[random.Next(coupons.Count)].Coupon.Id : null, wish == 2 ? offer.Quote.MostCredits : 0);
            var seen = await quoteCart.RunAsync(userId, selection, choices, CancellationToken.None);

            var form = new CheckoutForm(selection, choices, seen.Quote.Total, seen.Quote.Lines.Count, key, channel);
            var answers = await Task.WhenAll(Enumerable.Range(0, submits).Select(async _ =>
            {
                await Task.Yield(); // the page is looked at for a while
                return await shop.GetRequiredService<PlaceOrder>().RunAsync(userId, form, CancellationToken.None);
            }));
            foreach (var answer in answers)
            {
                if (answer.Value is { } placed)
                    day.Promises.Placed(placed.Number, userId);
                day.Story.Tell($"  shopper {userId}: {(answer.Value is { } told ? $"{day.Story.Name(told.Number)} {told.Status}" : answer.Refusal!.Key)}");
            }
        });
    }

    public static void OpenPayment(SimulatedDay day)
    {
        if (day.AnyOrder() is not { } order)
            return;
        day.Start($"open {day.Story.Name(order.Number)}", async shop =>
        {
            var opened = await shop.GetRequiredService<OpenPayment>().RunAsync(order.UserId, order.Number, new PaymentVisit("https://shop.test", false), CancellationToken.None);
            if (opened?.Value is not { } address)
                return;
            var page = PaymentPage.Read(address);
            day.Promises.Opened(page.OutTradeNo);
            day.Pages.Add(page);
        });
    }

    /// <summary>With a page that was opened lately, or long ago.</summary>
    public static void VisitAndPay(SimulatedDay day)
    {
        if (day.AnyPage() is not { } page || day.Gateway.Visit(page) is not { } trade)
            return;
        var pays = day.Random.Next(5) > 0 && day.Gateway.Pay(trade);
        day.Story.Tell($"{(pays ? "pays" : "visits")} {day.Story.Name(page.OutTradeNo)}: {trade.TradeNo} is {trade.Status}");
    }

    /// <summary>A second trade of the same number, or a trade of another amount.</summary>
    public static void PayOddly(SimulatedDay day)
    {
        if (day.AnyPage() is not { } page)
            return;
        var amount = day.Random.Next(3) == 0 ? page.Amount + new Money(1) : page.Amount;
        day.Gateway.PayOddly(page, amount);
        day.Story.Tell($"pays {day.Story.Name(page.OutTradeNo)} oddly: {amount} of {page.Amount}");
    }

    /// <summary>我已完成支付, and the result page.</summary>
    public static void AskWhetherPaid(SimulatedDay day)
    {
        if (day.AnyOrder() is { } order)
            Ask(day, order.Number, null);
    }

    /// <summary>同步跳转: of an attempt that may be closed by now.</summary>
    public static void ComeBack(SimulatedDay day)
    {
        if (day.AnyPage() is { } page)
            Ask(day, page.OutTradeNo.Split('_')[0], page.OutTradeNo);
    }

    public static void Cancel(SimulatedDay day)
    {
        if (day.AnyOrder() is not { } order)
            return;
        day.Start($"cancel {day.Story.Name(order.Number)}", async shop =>
        {
            var cancelled = await shop.GetRequiredService<CancelOrder>().RunAsync(order.UserId, order.Number, CancellationToken.None);
            if (cancelled is { Refusal: null })
                day.Promises.Cancelled(order.Number);
            day.Story.Tell($"  cancelling {day.Story.Name(order.Number)}: {cancelled?.Refusal?.Key ?? "done"}");
        });
    }

    private static void Ask(SimulatedDay day, string number, string? attempt) => day.Start($"ask about {day.Story.Name(attempt ?? number)}", async shop =>
    {
        var finding = await shop.GetRequiredService<AskGateway>().RunAsync(PurposeOf(number), number, CancellationToken.None, attempt);
        if (finding == GatewayFinding.Paid)
            day.Promises.FoundPaid(number);
        day.Story.Tell($"  {day.Story.Name(number)} is found {finding}");
    });

    private static PaymentPurpose PurposeOf(string number) => number[0] switch
    {
        'T' => PaymentPurpose.TopUp,
        'S' => PaymentPurpose.Tip,
        _ => PaymentPurpose.Order,
    };
}

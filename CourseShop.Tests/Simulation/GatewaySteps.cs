using System.Text;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>What the gateway does by itself: it tells, in any order, more than once, or not at all.</summary>
internal static class GatewaySteps
{
    public static void Notify(SimulatedDay day)
    {
        var outbox = day.Gateway.Outbox;
        if (outbox.Count > 0)
            Tell(day, outbox[day.Random.Next(outbox.Count)], comesAgain: day.Random.Next(4) == 0);
    }

    public static void LoseNews(SimulatedDay day)
    {
        var outbox = day.Gateway.Outbox;
        if (outbox.Count > 0)
            outbox.RemoveAt(day.Random.Next(outbox.Count));
    }

    public static void TellOldNews(SimulatedDay day)
    {
        var archive = day.Gateway.Archive;
        if (archive.Count > 0)
            Tell(day, archive[day.Random.Next(archive.Count)], comesAgain: true);
    }

    /// <summary>Rare: then a refund is refused for good, and a person must find another way.</summary>
    public static void Finish(SimulatedDay day)
    {
        var paid = day.Gateway.Trades.Where(trade => trade is { Status: GatewayTradeStatus.Paid, Refunds.Count: 0 }).ToList();
        if (paid.Count > 0)
            day.Gateway.Finish(paid[day.Random.Next(paid.Count)]);
    }

    /// <summary>A third of the news come signed, as a notification's body; the others as the facts that were read from one.</summary>
    public static void Tell(SimulatedDay day, News news, bool comesAgain)
    {
        var isSigned = day.Random.Next(3) == 0;
        var trade = news.Trade;
        day.Start($"news {news.Id} of {day.Story.Name(trade.OutTradeNo)}: {trade.TradeNo} {trade.Status}", async shop =>
        {
            if (isSigned)
                Assert.Equal(NotificationAnswer.Success, await shop.GetRequiredService<ReceiveNotification>().RunAsync(Body(news), "203.0.113.7", CancellationToken.None));
            else
                day.Story.Tell($"  {news.Id}: {await shop.GetRequiredService<SettlePayment>().RunAsync(trade, CancellationToken.None)}");
            if (trade.WasPaid)
                day.Promises.Acknowledged(trade.TradeNo);
            if (!comesAgain)
                day.Gateway.Outbox.Remove(news);
        });
    }

    private static byte[] Body(News news) => Encoding.ASCII.GetBytes(FakeAlipay.Notification(news.Trade.OutTradeNo, news.Trade.TradeNo, news.Trade.Amount, news.Trade.Status switch
    {
        GatewayTradeStatus.WaitingForBuyer => "WAIT_BUYER_PAY",
        GatewayTradeStatus.Paid => "TRADE_SUCCESS",
        GatewayTradeStatus.Finished => "TRADE_FINISHED",
        _ => "TRADE_CLOSED",
    }, news.Trade.Refunded.IsZero ? null : news.Trade.Refunded, news.Trade.PaidAt, news.Id));
}

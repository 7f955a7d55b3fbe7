using System.Globalization;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Promotions;

namespace CourseShop.Data;

/// <summary>How a seeded order is to end.</summary>
internal enum SampleEnding
{
    Paid,
    Cancelled,
    TimedOut,

    /// <summary>At the cashier of Alipay.</summary>
    Opened,

    /// <summary>Its deadline is over, and nobody has looked.</summary>
    Overdue,
}

/// <summary>One seeded order with all that hangs on it, as the shop's own nouns make it.</summary>
internal sealed record SampleOrder(Order Order, Payment? Payment, IReadOnlyList<Enrollment> Grants)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    /// <param name="place">Which of the seeded orders: it decides the numbers.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="courses">What is in it; each with the term that is bought.</param>
    /// <param name="campaigns">Those that it profits from, as they run now.</param>
    /// <param name="credits">As many as it takes of these.</param>
    /// <param name="rules">What credits are worth.</param>
    /// <param name="ending">A free order is paid whatever is asked for.</param>
    /// <param name="at">When it is placed.</param>
    /// <param name="now">When the shop is seeded.</param>
    /// <param name="nextStart">From when a term of a course would run for this shopper.</param>
    public static SampleOrder Make(
        long place, long userId, IReadOnlyList<(Course Course, AccessTerm Term)> courses, IReadOnlyList<Campaign> campaigns, int credits, PricingRules rules,
        SampleEnding ending, DateTimeOffset at, DateTimeOffset now, Func<long, DateTimeOffset, DateTimeOffset> nextStart)
    {
        var quote = Quote.For([.. courses.Select(pair => pair.Course.ToQuoteItem(pair.Term))], [.. campaigns], new QuoteChoices(null, credits, credits), rules, now);
        var number = at.ToBeijing().ToString("yyyyMMdd", CultureInfo.InvariantCulture) + SampleDice.Digits(place, 16);
        var title = quote.Lines.Count == 1 ? quote.Lines[0].Title : $"{quote.Lines[0].Title}等{quote.Lines.Count}门课程";
        var order = Order.Place(quote, userId, SampleDice.Key(place), number, title, at, Timeout);
        if (order.Total.IsZero)
            return Paid(order, null, at, nextStart);

        var payment = Payment.Attempt(PaymentPurpose.Order, number, 1, order.Total, title, at, order.PayBy);
        var opened = at.AddSeconds(20);
        switch (ending)
        {
            case SampleEnding.Overdue:
                return new(order, payment, []);
            case SampleEnding.Cancelled:
                order.Cancel(at.AddMinutes(3));
                payment.Close(at.AddMinutes(3));
                return new(order, payment, []);
            case SampleEnding.TimedOut:
                order.TimeOut(order.PayBy);
                payment.Close(order.PayBy);
                return new(order, payment, []);
        }

        payment.Open(opened);
        order.Note(OrderEventKind.PaymentOpened, opened, payment.OutTradeNo);
        return ending == SampleEnding.Opened ? new(order, payment, []) : Paid(order, payment, at.AddSeconds(60 + place % 300), nextStart);
    }

    private static SampleOrder Paid(Order order, Payment? payment, DateTimeOffset paidAt, Func<long, DateTimeOffset, DateTimeOffset> nextStart)
    {
        var tradeNo = payment is null ? null : TradeNo(order.Number);
        order.MarkPaid(paidAt);
        payment?.Receive(new GatewayTrade(payment.OutTradeNo, tradeNo!, GatewayTradeStatus.Paid, payment.Amount, Money.Zero, "188****8888", paidAt), PaymentStatus.Settled, paidAt);
        return new(order, payment, [.. order.Lines.Select(line =>
        {
            var start = line.TermDays is null ? paidAt : nextStart(line.CourseId, paidAt);
            var source = line is { IsFreeCampaign: true, Amount.IsZero: true } ? EnrollmentSource.FreeCampaign : EnrollmentSource.Purchase;
            return new Enrollment(order.UserId, line.CourseId, source, start, line.TermDays is { } days ? start.AddDays(days) : null).PaidWith(0, tradeNo, paidAt);
        })]);
    }

    /// <summary>Alipay's begins with the date too, and is longer.</summary>
    private static string TradeNo(string number) => $"{number[..8]}2200{number[8..]}";
}

/// <summary>Chance that comes out the same every time.</summary>
internal static class SampleDice
{
    /// <summary>A number from 0 to below the given one.</summary>
    public static int Throw(long place, int salt, int sides) => (int)(Mix((ulong)place * 64 + (ulong)salt) % (ulong)sides);

    /// <summary>Different for every place: the mixing is one to one.</summary>
    public static string Digits(long place, int count) => (Mix((ulong)place) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture) + place.ToString(CultureInfo.InvariantCulture).PadLeft(count - 6, '0');

    public static string Key(long place) => Mix((ulong)place).ToString("x16", CultureInfo.InvariantCulture) + place.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Mix(ulong seed)
    {
        seed += 0x9E3779B97F4A7C15;
        seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
        seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EB;
        return seed ^ (seed >> 31);
    }
}

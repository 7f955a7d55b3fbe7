using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Bench;

/// <summary>New shoppers who each buy one course after another, until they have all.</summary>
internal sealed class Buyers(IServiceProvider shop)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private List<(long Id, Money Price)> _courses = [];
    private int _shoppers;

    /// <summary>The courses that cost something, for ever, whatever day it is.</summary>
    public async Task PrepareAsync()
    {
        await using var scope = shop.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDb>();
        _courses = [.. (await db.Courses.Where(course => course.Terms.Count == 1 && course.Terms.All(term => term.Days == null && term.Price > Money.Zero) && !db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id))
            .Select(course => new { course.Id, course.ListPrice }).ToListAsync()).Select(course => (course.Id, course.ListPrice))];
        if (_courses.Count == 0)
            throw new WrongSettingException("There is no sample shop: start CourseShop.Web on this database first.");
    }

    /// <summary>How many milliseconds each order took, from its form to its money.</summary>
    public async Task<List<double>> BuyAsync(TimeSpan length, int atOnce)
    {
        var took = new ConcurrentBag<double>();
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(since) < length)
            {
                var shopper = await EnterAsync();
                foreach (var (course, price) in _courses.TakeWhile(_ => Stopwatch.GetElapsedTime(since) < length))
                {
                    var begun = Stopwatch.GetTimestamp();
                    await BuyOneAsync(shopper, course, price);
                    took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }
            }
        }));
        return [.. took];
    }

    private Task<long> EnterAsync() => shop.GetRequiredService<ShopWriter>().RunAsync(async (db, stop) =>
    {
        var user = ShopUser.New(UserName.Read(string.Create(CultureInfo.InvariantCulture, $"buyer-{_run}-{Interlocked.Increment(ref _shoppers)}")).Value!, null, null, DateTimeOffset.UtcNow);
        db.Users.Add(user);
        await db.SaveChangesAsync(stop);
        return user.Id;
    }, CancellationToken.None);

    private async Task BuyOneAsync(long shopper, long course, Money price)
    {
        var form = new CheckoutForm(new CheckoutSelection(course, null), new CheckoutChoices(null, 0), price, 1, Guid.NewGuid().ToString("N"));
        var placed = await shop.GetRequiredService<PlaceOrder>().RunAsync(shopper, form, CancellationToken.None);
        var number = placed.Value?.Number ?? throw new InvalidOperationException(placed.Refusal!.Key);
        var trade = new GatewayTrade(number, $"bench-{number}", GatewayTradeStatus.Paid, price, Money.Zero, null, DateTimeOffset.UtcNow);
        if (await shop.GetRequiredService<SettlePayment>().RunAsync(trade, CancellationToken.None) != NotificationVerdict.Settled)
            throw new InvalidOperationException($"{number} was not settled.");
    }
}

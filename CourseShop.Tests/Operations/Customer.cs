using System.Net;
using System.Text.RegularExpressions;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Operations;

/// <summary>
/// Somebody who buys, pays and cancels over HTTP as long as the shop answers, and remembers everything it was told. What was asked when the shop died is
/// neither yes nor no, and is forgotten.
/// </summary>
internal sealed partial class Customer(Shopper person, IReadOnlyList<long> courses, Random random)
{
    private readonly HashSet<string> _placed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paid = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seenPaid = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cancelled = new(StringComparer.Ordinal);

    /// <summary>Orders that were placed.</summary>
    public IReadOnlyCollection<string> Placed => _placed;

    /// <summary>Orders that the cashier took the money for.</summary>
    public IReadOnlyCollection<string> Paid => _paid;

    /// <summary>Buys one thing after another until the program is killed; says of each answer that it came.</summary>
    public async Task BuyAsync(ShopProgram program, Action answered)
    {
        try
        {
            while (!program.IsKilled)
            {
                await BuyOnceAsync();
                answered();
            }
        }
        catch (Exception failure) when (program.IsKilled && failure is HttpRequestException or IOException)
        {
            // it died in the midst of an answer
        }
    }

    /// <summary>What the shop told this customer, and is not so.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(ShopDb db)
    {
        var states = await db.Orders.AsNoTracking().Where(order => _placed.Contains(order.Number)).ToDictionaryAsync(order => order.Number, order => order.Status, StringComparer.Ordinal);
        return
        [
            .. _placed.Where(number => !states.ContainsKey(number)).Select(number => $"{number} was placed, and is gone"),
            .. _seenPaid.Where(number => states.GetValueOrDefault(number) != OrderStatus.Paid).Select(number => $"{number} was seen paid, and is {states.GetValueOrDefault(number)}"),
            .. _cancelled.Where(number => states.GetValueOrDefault(number) is not (OrderStatus.Cancelled or OrderStatus.Paid)).Select(number => $"{number} was cancelled, and is {states.GetValueOrDefault(number)}"),
        ];
    }

    private async Task BuyOnceAsync()
    {
        var confirm = await GetAsync($"/checkout?course={courses[random.Next(courses.Count)]}");
        if (confirm.Document.QuerySelector("main form button[formaction*=place], main form [name=Key]") is null)
            return; // owned already
        if (random.Next(3) == 0)
            confirm = Answered(await person.ChooseAsync(confirm, coupon: "", credits: $"{random.Next(200)}"));
        var placed = Answered(await person.PlaceAsync(confirm));
        if (placed.Location?.OriginalString is not { } next || OrderPage().Match(next) is not { Success: true } order)
            return; // refused, with a sentence
        var number = order.Groups["number"].Value;
        _placed.Add(number);
        if (next.EndsWith("/result", StringComparison.Ordinal))
            return; // free

        var wish = random.Next(10);
        if (wish < 6)
            await PayAsync(number);
        else if (wish < 9)
            await CancelAsync(number);
    }

    private async Task PayAsync(string number)
    {
        var page = await GetAsync($"/orders/{number}/pay");
        if (page.Document.QuerySelector("form.buybar .primary") is null)
            return; // its time is over, or it is paid
        var opened = Answered(await person.SubmitAsync(page, "form.buybar", button: "去支付"));
        if (opened.Location is not { } gateway)
            return; // refused, with a sentence
        var cashier = Answered(await person.FollowAsync(gateway.OriginalString));
        if (random.Next(6) == 0)
            await CancelAsync(number);
        if (cashier.Document.QuerySelector("form[action*=Pay]") is null)
            return; // closed there meanwhile
        var paid = Answered(await person.SubmitAsync(cashier, "form[action*=Pay]", button: "付款"));
        if (paid.Location is not { } back || !back.OriginalString.Contains("/payments/alipay/return", StringComparison.Ordinal))
            return;
        _paid.Add(number);
        if (random.Next(3) == 0)
            return; // closes the browser: the notification must do
        var result = Answered(await person.FollowAsync(back.PathAndQuery));
        if (result.Text.Contains("您已成功购买", StringComparison.Ordinal))
            _seenPaid.Add(number);
    }

    private async Task CancelAsync(string number)
    {
        var cashier = await GetAsync($"/orders/{number}/pay");
        if (cashier.Status != HttpStatusCode.OK)
            return; // it is paid
        Answered(await person.SubmitAsync(cashier, "form[action$=cancel]"));
        if ((await person.FollowAsync($"/orders/{number}/pay")).Text.Contains("订单已取消", StringComparison.Ordinal))
            _cancelled.Add(number);
    }

    private async Task<SeenPage> GetAsync(string path) => Answered(await person.GetAsync(path));

    private static SeenPage Answered(SeenPage page) =>
        (int)page.Status < 500 ? page : throw new InvalidOperationException($"{page.Response.RequestMessage!.RequestUri} answered {(int)page.Status}: {page.Text}");

    [GeneratedRegex("^/orders/(?<number>[0-9]+)/", RegexOptions.None, 1000)]
    private static partial Regex OrderPage();
}

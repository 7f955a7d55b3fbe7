using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>A shop in which everything has happened once: an order of every fate, each known by a name. Its books can be copied, to be tampered with.</summary>
public sealed class LivelyShop : IAsyncLifetime
{
    private readonly ShopHost _shop = new();
    private int _course;

    public ShopHost Host => _shop;

    public IDictionary<string, string> Numbers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        await PlaceAsync("cancelled", credits: 10);
        await CancelAsync("cancelled");
        await PlaceAsync("timedOut");
        await PlaceAsync("revived", credits: 20);
        await OpenAsync("revived");
        await PlaceAsync("late");
        await OpenAsync("late");
        await LetPassAsync(16);
        await PlaceAsync("waitingToo", sameCourse: true); // what the late money bought is being bought again
        await NotifyAsync("revived");
        await NotifyAsync("late");

        await PaidAsync("paid");
        await PaidAsync("credits", credits: 30);
        await PaidAsync("coupon", coupon: true);
        await PaidAsync("second");
        await NotifyAsync("second", "again");
        await PlaceAsync("queried");
        await OpenAsync("queried");
        await _shop.PayAtAlipayAsync(Numbers["queried"]);
        await _shop.InScopeAsync<AskGateway, GatewayFinding>(ask => ask.RunAsync(PaymentPurpose.Order, Numbers["queried"], CancellationToken.None));
        Numbers["free"] = await OrderAsync(new CheckoutSelection(await _shop.FreeCourseAsync(), null), false, 0);
        await PlaceAsync("held");
        await NotifyAsync("held", fen: 1);
        await PlaceAsync("accepted");
        await NotifyAsync("accepted", more: 500);
        await AcceptAsync("accepted");

        await PaidAsync("whole", credits: 40);
        await TakeBackAsync("whole", lines: 1, isDone: true);
        await PaidAsync("wholeCoupon", coupon: true);
        await TakeBackAsync("wholeCoupon", lines: 1, isDone: true);
        await PaidCartAsync("part", credits: 50);
        await TakeBackAsync("part", lines: 1, isDone: true);
        await PaidAsync("going");
        await TakeBackAsync("going", lines: 1, isDone: false);
        await PaidAsync("asked");
        await AskForRefundAsync("asked");
        await PlaceAsync("waiting");
        await OpenAsync("waiting");
        await ReturnSecondMoneyAsync();
        await _shop.NotifyAsync("sign_type=RSA2&sign=forged");
    }

    public Task DisposeAsync()
    {
        _shop.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A copy of the books in a folder.</summary>
    public string CopyTo(string folder)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={_shop.Books};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{path}'";
        command.ExecuteNonQuery();
        return path;
    }

    public SqliteShopDb Open(string books) =>
        new(new DbContextOptionsBuilder<SqliteShopDb>().UseSqlite($"Data Source={books};Pooling=False").UseApplicationServiceProvider(_shop.Services).Options);

    public string Named(string text) => Numbers.Aggregate(text, (known, pair) => known.Replace($"<{pair.Key}>", pair.Value, StringComparison.Ordinal));

    private async Task PlaceAsync(string name, int credits = 0, bool coupon = false, bool sameCourse = false)
    {
        if (!sameCourse)
            _course++;
        Numbers[name] = await OrderAsync(new CheckoutSelection(await CourseAsync(_course - 1), null), coupon, credits);
    }

    /// <summary>A course that costs something, for ever, and takes credits.</summary>
    private Task<long> CourseAsync(int skip) => _shop.ReadAsync(db => db.Courses
        .Where(course => course.ListPrice >= Money.Yuan(50) && course.MaxCredits >= 50 && course.Terms.Count == 1 && course.Terms.All(term => term.Days == null)
            && !db.Campaigns.Any(campaign => campaign.Kind == CampaignKind.Free && campaign.Courses.Any(promoted => promoted.CourseId == course.Id)))
        .OrderBy(course => course.Id).Skip(skip).Select(course => course.Id).FirstAsync());

    private async Task<string> OrderAsync(CheckoutSelection selection, bool withCoupon, int credits)
    {
        var user = await _shop.UserIdAsync("shopper");
        var bare = await QuoteAsync(user, selection, new CheckoutChoices(null, credits));
        var choices = new CheckoutChoices(withCoupon ? bare.Coupons.First(offer => offer.Obstacle is null).Coupon.Id : null, credits);
        var view = await QuoteAsync(user, selection, choices);
        var placed = await _shop.Service<PlaceOrder>().RunAsync(user, new(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N")), CancellationToken.None);
        return placed.Value?.Number ?? throw new InvalidOperationException(placed.Refusal!.Key);
    }

    private Task<CheckoutView> QuoteAsync(long user, CheckoutSelection selection, CheckoutChoices choices) =>
        _shop.InScopeAsync<QuoteCart, CheckoutView>(quote => quote.RunAsync(user, selection, choices, CancellationToken.None));

    private async Task PaidAsync(string name, int credits = 0, bool coupon = false)
    {
        await PlaceAsync(name, credits, coupon);
        await OpenAsync(name);
        await NotifyAsync(name);
    }

    private async Task PaidCartAsync(string name, int credits)
    {
        var user = await _shop.UserIdAsync("shopper");
        for (var more = 0; more < 2; more++)
            await _shop.Service<AddToCart>().RunAsync(new CartOwner(user, null), await CourseAsync(_course++), null, CancellationToken.None);
        Numbers[name] = await OrderAsync(CheckoutSelection.Cart, false, credits);
        await OpenAsync(name);
        await NotifyAsync(name);
    }

    private async Task OpenAsync(string name) =>
        Assert.NotNull((await _shop.Service<OpenPayment>().RunAsync(await _shop.UserIdAsync("shopper"), Numbers[name], new PaymentVisit("http://localhost", false), CancellationToken.None))!.Value);

    private async Task NotifyAsync(string name, string trade = "", long? fen = null, long more = 0)
    {
        var total = await _shop.ReadAsync(db => db.Orders.Where(order => order.Number == Numbers[name]).Select(order => order.Total).SingleAsync());
        await _shop.NotifyAsync(FakeAlipay.Notification(Numbers[name], $"trade-{name}{trade}", new Money(fen ?? (total.Fen + more)), paidAt: _shop.Clock.Now));
    }

    private async Task CancelAsync(string name)
    {
        var user = await _shop.UserIdAsync("shopper");
        await _shop.InScopeAsync<CancelOrder, Outcome<OrderStatus>?>(cancel => cancel.RunAsync(user, Numbers[name], CancellationToken.None));
    }

    private async Task LetPassAsync(int minutes)
    {
        _shop.Clock.Advance(TimeSpan.FromMinutes(minutes));
        await _shop.SweepAsync();
    }

    private Task AcceptAsync(string name) => _shop.WriteAsync(async db =>
    {
        var payment = await db.Payments.SingleAsync(payment => payment.PurposeNumber == Numbers[name]);
        var surplus = payment.Accept(_shop.Clock.Now)!;
        db.Refunds.Add(surplus);
        Numbers[$"R:{name}"] = surplus.RefundNumber;
        await _shop.Service<IPaymentReceiver>().ReceiveAsync(db, payment, payment.TradeNo!, _shop.Clock.Now, CancellationToken.None);
        (await db.Orders.SingleAsync(order => order.Number == Numbers[name])).Note(OrderEventKind.HeldMoneyAccepted, _shop.Clock.Now);
    });

    private Task TakeBackAsync(string name, int lines, bool isDone) => _shop.WriteAsync(async db =>
    {
        var now = _shop.Clock.Now;
        var order = await db.Orders.Include(order => order.Lines).SingleAsync(order => order.Number == Numbers[name]);
        var payment = await db.Payments.SingleAsync(payment => payment.PurposeNumber == order.Number);
        var coupon = await db.IssuedCoupons.SingleOrDefaultAsync(coupon => coupon.Id == order.IssuedCouponId);
        var taken = order.Lines.OrderBy(line => line.Position).Take(lines).ToList();
        var back = OrderRefund.ByStaff(RefundPreview.Of(order, taken.ConvertAll(line => line.Id), [], coupon?.ExpiresAt, now), order.Id, order.UserId, RefundNumber.New(now), "", now);
        var money = payment.StartRefund(back.Money, RefundCause.TakenBack, back.Number, now);
        db.AddRange(back, money);
        order.Note(OrderEventKind.RefundStarted, now, back.Number);
        Numbers[$"R:{name}"] = back.Number;
        if (!isDone)
            return;

        money.Try(now);
        money.Complete(now);
        back.Complete(now);
        order.TakeBack(taken.ConvertAll(line => line.Id), back.Number, now);
        foreach (var line in taken)
        {
            (await db.Enrollments.SingleAsync(grant => grant.OrderLineId == line.Id)).Revoke(now);
            if (line.Credits > 0)
                db.Add(CreditEntry.Refund(order.UserId, line.Credits, order.Number, line.Id, now));
        }

        if (order.Status == OrderStatus.Refunded)
            coupon?.ComeBack(now);
    });

    private Task AskForRefundAsync(string name) => _shop.WriteAsync(async db =>
    {
        var now = _shop.Clock.Now;
        var order = await db.Orders.Include(order => order.Lines).SingleAsync(order => order.Number == Numbers[name]);
        var asked = OrderRefund.Request(RefundPreview.Of(order, [.. order.Lines.Select(line => line.Id)], [], null, now), order.Id, order.UserId, RefundNumber.New(now), "", now);
        db.Add(asked);
        order.Note(OrderEventKind.RefundRequested, now, asked.Number);
        Numbers[$"R:{name}"] = asked.Number;
    });

    /// <summary>The second money is back; late money and a surplus are still on their way.</summary>
    private Task ReturnSecondMoneyAsync() => _shop.WriteAsync(async db =>
    {
        var now = _shop.Clock.Now;
        var refund = await db.Refunds.Include(refund => refund.Payment).SingleAsync(refund => refund.Cause == RefundCause.SecondMoney);
        refund.Try(now);
        refund.Complete(now);
        await _shop.Service<IPaymentReceiver>().NoteRefundedAsync(db, refund, now, CancellationToken.None);
        Numbers["R:second"] = refund.RefundNumber;
        Numbers["R:late"] = await db.Refunds.Where(refund => refund.Cause == RefundCause.LateMoney).Select(refund => refund.RefundNumber).SingleAsync();
    });
}

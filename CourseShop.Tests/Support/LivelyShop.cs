using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>A shop in which everything has happened once: an order of every fate, each known by a name. Its books can be copied, to be tampered with.</summary>
public sealed class LivelyShop : IAsyncLifetime
{
    private readonly ShopHost _shop;
    private readonly List<string> _copies = [];
    private int _course;

    public LivelyShop()
        : this(new ShopHost())
    {
    }

    internal LivelyShop(ShopHost shop) => _shop = shop;

    public ShopHost Host => _shop;

    public IDictionary<string, string> Numbers { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        _shop.Settings["Tips:PlatformShare"] = "0.1";
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
        await TakeBackAsync("whole");
        await PaidAsync("wholeCoupon", coupon: true);
        await TakeBackAsync("wholeCoupon");
        await PaidCartAsync("part", credits: 50);
        await TakeBackAsync("part");
        await PaidAsync("going");
        await TakeBackAsync("going", isDone: false);
        await PaidAsync("asked");
        await AskForRefundAsync("asked");
        await PlaceAsync("waiting");
        await OpenAsync("waiting");
        await ReturnSecondMoneyAsync();
        await TopUpAsync("topUp", 300_000);
        await TopUpAsync("topUpWaiting", 100, isPaid: false);
        await PlaceAsync("balance", fromBalance: true);
        await PlaceAsync("balanceBack", fromBalance: true);
        await TakeBackAsync("balanceBack");
        var (reader, finance) = (await _shop.UserIdAsync("shopper"), await _shop.UserIdAsync("finance"));
        await _shop.PayoutAccountAsync(reader);
        Numbers["out"] = await _shop.WithdrawAsync(reader, Money.Yuan(30));
        Numbers["outPaid"] = await _shop.WithdrawAsync(reader, Money.Yuan(20));
        Numbers["outDeclined"] = await _shop.WithdrawAsync(reader, Money.Yuan(10));
        Assert.Equal(WithdrawalStatus.Approved, (await _shop.Service<DecideWithdrawal>().RunAsync(finance, Numbers["outPaid"], null, CancellationToken.None))!.Value);
        Assert.Equal(WithdrawalStatus.Declined, (await _shop.Service<DecideWithdrawal>().RunAsync(finance, Numbers["outDeclined"], "资料不全", CancellationToken.None))!.Value);
        await _shop.SendWithdrawalsAsync(); // in public-key mode it is left to staff
        Assert.Equal(WithdrawalStatus.Paid, (await _shop.Service<SettleWithdrawal>().RunAsync(finance, Numbers["outPaid"], new(true, "R-1"), CancellationToken.None))!.Value);
        Numbers["tip"] = await _shop.TipAsync(reader, Money.Yuan(20));
        Numbers["tipBalance"] = await _shop.TipAsync(reader, Money.Yuan(5), PaymentChannel.Balance);
        Numbers["tipBack"] = await _shop.TipAsync(reader, Money.Yuan(10));
        Assert.True((await _shop.InScopeAsync<TakeBackTip, Outcome<bool>?>(take => take.RunAsync(finance, Numbers["tipBack"], CancellationToken.None)))!.Value);
        await _shop.NotifyAsync("sign_type=RSA2&sign=forged");
    }

    public Task DisposeAsync()
    {
        _copies.ForEach(PostgresServer.Drop);
        _shop.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A copy of the books in a folder, or beside them.</summary>
    public string CopyTo(string folder)
    {
        if (_shop.IsOnPostgres)
            return CopyDatabase();
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={_shop.Books};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"VACUUM INTO '{path}'";
        command.ExecuteNonQuery();
        return path;
    }

    public ShopDb Open(string books) => Tampering.IsPostgres(books)
        ? ShopFile.OpenPostgres(books, _shop.Services)
        : new SqliteShopDb(new DbContextOptionsBuilder<SqliteShopDb>().UseSqlite($"Data Source={books};Pooling=False").UseApplicationServiceProvider(_shop.Services).Options);

    /// <summary>Who is connected to what is copied is cut off, so the copies are made of one. Whole numbers are taken for truth values there, as on SQLite.</summary>
    private string CopyDatabase()
    {
        lock (_copies)
        {
            if (_copies.Count == 0)
            {
                _copies.Add(PostgresServer.NewDatabase(_shop.Books));
                Tampering.ExecuteAsync(_copies[0], "UPDATE pg_cast SET castcontext = 'i' WHERE castsource = 'integer'::regtype AND casttarget = 'boolean'::regtype").GetAwaiter().GetResult();
            }

            _copies.Add(PostgresServer.NewDatabase(_copies[0]));
            return _copies[^1];
        }
    }

    public string Named(string text) => Numbers.Aggregate(text, (known, pair) => known.Replace($"<{pair.Key}>", pair.Value, StringComparison.Ordinal));

    private async Task PlaceAsync(string name, int credits = 0, bool coupon = false, bool sameCourse = false, bool fromBalance = false)
    {
        if (!sameCourse)
            _course++;
        Numbers[name] = await OrderAsync(new CheckoutSelection(await CourseAsync(_course - 1), null), coupon, credits, fromBalance ? PaymentChannel.Balance : PaymentChannel.Alipay);
    }

    private async Task TopUpAsync(string name, long fen, bool isPaid = true)
    {
        var user = await _shop.UserIdAsync("shopper");
        Numbers[name] = await _shop.TopUpAsync(user, new Money(fen), isPaid);
    }

    /// <summary>A course that costs something, for ever, and takes credits.</summary>
    private Task<long> CourseAsync(int skip) => _shop.ReadAsync(db => db.Courses
        .Where(course => course.ListPrice >= Money.Yuan(50) && course.MaxCredits >= 50 && course.Terms.Count == 1 && course.Terms.All(term => term.Days == null)
            && !db.Campaigns.Any(campaign => campaign.Kind == CampaignKind.Free && campaign.Courses.Any(promoted => promoted.CourseId == course.Id)))
        .OrderBy(course => db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id)).ThenBy(course => course.Id).Skip(skip).Select(course => course.Id).FirstAsync());

    private async Task<string> OrderAsync(CheckoutSelection selection, bool withCoupon, int credits, PaymentChannel channel = PaymentChannel.Alipay)
    {
        var user = await _shop.UserIdAsync("shopper");
        var bare = await QuoteAsync(user, selection, new CheckoutChoices(null, credits));
        var choices = new CheckoutChoices(withCoupon ? bare.Coupons.First(offer => offer.Obstacle is null).Coupon.Id : null, credits);
        var view = await QuoteAsync(user, selection, choices);
        var placed = await _shop.Service<PlaceOrder>().RunAsync(user, new(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N"), channel), CancellationToken.None);
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
        var paid = new Money(fen ?? (total.Fen + more));
        _shop.Alipay.Trades[Numbers[name] + trade] = new FakeTrade($"trade-{name}{trade}", paid, PaidAt: _shop.Clock.Now);
        await _shop.NotifyAsync(FakeAlipay.Notification(Numbers[name], $"trade-{name}{trade}", paid, paidAt: _shop.Clock.Now));
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

    private async Task AcceptAsync(string name)
    {
        var payment = await _shop.ReadAsync(db => db.Payments.Where(payment => payment.PurposeNumber == Numbers[name]).Select(payment => payment.Id).SingleAsync());
        Assert.Null((await _shop.Service<AcceptHeldMoney>().RunAsync(payment, await _shop.UserIdAsync("finance"), CancellationToken.None)).Refusal);
        Numbers[$"R:{name}"] = await _shop.ReadAsync(db => db.Refunds.Where(refund => refund.PaymentId == payment).Select(refund => refund.RefundNumber).SingleAsync());
    }

    /// <summary>Staff take the first line back; Alipay does it, or is down.</summary>
    private async Task TakeBackAsync(string name, bool isDone = true)
    {
        _shop.Alipay.Mood = isDone ? AlipayMood.Well : AlipayMood.Down;
        var taken = await _shop.InScopeAsync(async (RefundOrder refund) => await refund.RunAsync(await _shop.UserIdAsync("finance"), Numbers[name], await WishAsync(name), CancellationToken.None));
        _shop.Alipay.Mood = AlipayMood.Well;
        Assert.Equal(isDone ? OrderRefundStatus.Done : OrderRefundStatus.Open, taken!.Value);
        await NameRefundAsync(name);
    }

    private async Task AskForRefundAsync(string name)
    {
        Assert.Null((await _shop.Service<RequestRefund>().RunAsync(await _shop.UserIdAsync("shopper"), Numbers[name], await WishAsync(name), CancellationToken.None))!.Refusal);
        await NameRefundAsync(name);
    }

    private Task<RefundWish> WishAsync(string name) => _shop.ReadAsync(async db =>
    {
        var line = (await db.Orders.Include(order => order.Lines).SingleAsync(order => order.Number == Numbers[name])).Lines.MinBy(line => line.Position)!;
        return new RefundWish([line.Id], "不想学了", line.Amount, line.Credits);
    });

    private async Task NameRefundAsync(string name) => Numbers[$"R:{name}"] = await _shop.ReadAsync(db =>
        db.OrderRefunds.Where(refund => db.Orders.Any(order => order.Id == refund.OrderId && order.Number == Numbers[name])).Select(refund => refund.Number).SingleAsync());

    /// <summary>The second money is back; late money and a surplus are still on their way.</summary>
    private async Task ReturnSecondMoneyAsync()
    {
        var refunds = await _shop.ReadAsync(db => db.Refunds.Where(refund => refund.Cause == RefundCause.SecondMoney || refund.Cause == RefundCause.LateMoney).ToListAsync());
        var second = refunds.Single(refund => refund.Cause == RefundCause.SecondMoney);
        Numbers["R:second"] = second.RefundNumber;
        Numbers["R:late"] = refunds.Single(refund => refund.Cause == RefundCause.LateMoney).RefundNumber;
        Assert.True(await _shop.InScopeAsync<SendRefund, bool?>(send => send.RunAsync(second.Id, CancellationToken.None)));
    }
}

using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Wallets;

/// <summary>Whatever takes from a balance, at once and at two servers that share a database: what is not there is never taken.</summary>
public sealed class WalletRaceTests : IDisposable
{
    private readonly ShopHost _shop = new();
    private readonly ShopHost _other;

    public WalletRaceTests()
    {
        _ = _shop.Services;
        _other = _shop.Beside();
    }

    public void Dispose()
    {
        _other.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Orders_tips_and_withdrawals_of_two_servers_share_one_balance()
    {
        await _shop.TopUpAsync("shopper", 500);
        var user = await _shop.UserIdAsync("shopper");
        await _shop.PayoutAccountAsync(user);
        var article = await _shop.ArticleAsync();
        var shopper = await _shop.SignedInAsync();
        var orders = new List<string>();
        for (var skip = 0; skip < 4; skip++)
            orders.Add(await shopper.OrderAsync(await _shop.PlainCourseAsync(skip)));

        await Task.WhenAll(Enumerable.Range(0, 99).Select(turn => (turn % 3) switch
        {
            0 => At(turn).InScopeAsync<PayOrderFromBalance, Outcome<OrderStatus>?>(pay => pay.RunAsync(user, orders[turn % 4], CancellationToken.None)),
            1 => At(turn).Service<LeaveTip>().RunAsync(user, article, new("70", "", false, PaymentChannel.Balance, Saving.Key()), CancellationToken.None),
            _ => (Task)At(turn).Service<RequestWithdrawal>().RunAsync(user, "90", Saving.Key(), CancellationToken.None),
        }));

        var left = await _shop.BalanceAsync("shopper");
        var paid = await _shop.ReadAsync(db => db.Orders.Where(order => order.Status == OrderStatus.Paid).SumAsync(order => (long)(object)order.Total));
        var tips = await _shop.ReadAsync(db => db.Tips.CountAsync(tip => tip.UserId == user && tip.PaidAt != null));
        var withdrawals = await _shop.ReadAsync(db => db.Withdrawals.CountAsync(withdrawal => withdrawal.UserId == user));
        Assert.InRange(left.Fen, 0, Money.Yuan(70).Fen - 1);
        Assert.Equal(Money.Yuan(500), left + new Money(paid) + Money.Yuan((70 * tips) + (90 * withdrawals)));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_tip_that_staff_give_back_while_its_author_spends_it_leaves_no_hole()
    {
        var (reader, author) = (await _shop.UserIdAsync("shopper"), await _shop.UserIdAsync("author"));
        await _shop.PayoutAccountAsync(author);
        var tips = new List<string>();
        for (var one = 0; one < 4; one++)
            tips.Add(await _shop.TipAsync(reader, Money.Yuan(50)));
        _shop.Clock.Advance(TimeSpan.FromDays(8)); // they can be withdrawn by now
        var finance = await _shop.UserIdAsync("finance");

        await Task.WhenAll(Enumerable.Range(0, 24).Select(turn => turn % 2 == 0
            ? At(turn / 2).InScopeAsync<TakeBackTip, Outcome<bool>?>(take => take.RunAsync(finance, tips[turn / 2 % 4], CancellationToken.None))
            : (Task)At(turn / 2).Service<RequestWithdrawal>().RunAsync(author, "60", Saving.Key(), CancellationToken.None)));

        var back = await _shop.ReadAsync(db => db.Tips.CountAsync(tip => tip.TakenBackAt != null));
        var asked = await _shop.ReadAsync(db => db.Withdrawals.CountAsync(withdrawal => withdrawal.UserId == author));
        Assert.True(back + asked > 0, "somebody won");
        Assert.True(await _shop.BalanceAsync("author") >= Money.Zero);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task One_approved_withdrawal_is_sent_by_one_of_two_servers()
    {
        await _shop.TopUpAsync("shopper", 300);
        var (user, finance) = (await _shop.UserIdAsync("shopper"), await _shop.UserIdAsync("finance"));
        await _shop.PayoutAccountAsync(user);
        var number = await _shop.WithdrawAsync(user, Money.Yuan(100));
        var id = await _shop.ReadAsync(db => db.Withdrawals.Where(withdrawal => withdrawal.Number == number).Select(withdrawal => withdrawal.Id).SingleAsync());
        Assert.Equal(WithdrawalStatus.Approved, (await _shop.Service<DecideWithdrawal>().RunAsync(finance, number, null, CancellationToken.None))!.Value);

        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => At(turn).InScopeAsync<SendWithdrawal, WithdrawalStatus?>(send => send.RunAsync(id, CancellationToken.None))));

        Assert.Single(sent, status => status is not null);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Withdrawals.Where(withdrawal => withdrawal.Id == id).Select(withdrawal => withdrawal.Tries).SingleAsync()));
        await _shop.AssertHoldAsync();
    }

    private ShopHost At(int turn) => turn % 2 == 0 ? _shop : _other;
}

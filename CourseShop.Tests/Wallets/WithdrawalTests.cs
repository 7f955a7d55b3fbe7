using CourseShop.Common;
using CourseShop.Messaging;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Wallets;

/// <summary>提现: once out of the balance, once to the payee, or back with a reason; never both.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private readonly CertifiedShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Through_the_pages_it_is_asked_for_approved_and_paid()
    {
        await _shop.TopUpAsync("shopper", 100);
        var shopper = await _shop.SignedInAsync();
        await shopper.SubmitAsync(await shopper.GetAsync("/wallet/withdraw"), "form[action$=account]", Refunding.Fields("account", "13800138000", "name", "王小明", "password", CourseShop.Data.OpenSampleShop.Password));
        await shopper.SubmitAsync(await shopper.GetAsync("/wallet/withdraw"), "form[action='/wallet/withdraw']", Refunding.Fields("amount", "60"));
        Assert.Equal(Money.Yuan(40), await _shop.BalanceAsync("shopper"));
        var finance = await _shop.SignedInAsync("finance");
        await finance.SubmitAsync(await finance.GetAsync("/admin/withdrawals"), "main form[action$=approve]");

        await _shop.SendWithdrawalsAsync();

        var withdrawal = await _shop.ReadAsync(db => db.Withdrawals.SingleAsync());
        Assert.Equal(WithdrawalStatus.Paid, withdrawal.Status);
        Assert.Equal(Money.Yuan(60), _shop.Alipay.Transfers[withdrawal.Number].Amount);
        Assert.Contains("已到账", (await shopper.GetAsync("/wallet/withdraw")).Text, StringComparison.Ordinal);
        Assert.Contains("提现 ¥60.00 已到账", (await shopper.GetAsync("/account/notices")).Text, StringComparison.Ordinal);
        Assert.Equal(Money.Yuan(40), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_payees_account_changes_only_with_the_password()
    {
        var shopper = await _shop.SignedInAsync();

        var refused = await shopper.SubmitAsync(await shopper.GetAsync("/wallet/withdraw"), "form[action$=account]", Refunding.Fields("account", "13800138000", "name", "王小明", "password", "wrong"));

        Assert.NotNull(refused.Document.QuerySelector(".notice.bad"));
        Assert.Equal("", await _shop.ReadAsync(db => db.Users.Where(user => user.UserName == "shopper").Select(user => user.AlipayAccount).SingleAsync()));
    }

    [Fact]
    public async Task Twenty_at_once_take_what_is_there_and_no_more()
    {
        await _shop.TopUpAsync("shopper", 100);
        var user = await PayeeAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _shop.Service<RequestWithdrawal>().RunAsync(user, "100", Saving.Key(), CancellationToken.None)));

        Assert.Equal(1, asked.Count(answer => answer.Refusal is null));
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Withdrawals_and_tips_at_once_share_one_balance()
    {
        await _shop.TopUpAsync("shopper", 100);
        var user = await PayeeAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(turn => new Task[]
        {
            _shop.Service<RequestWithdrawal>().RunAsync(user, "50", Saving.Key(), CancellationToken.None),
            Task.Run(async () => await _shop.Service<CourseShop.Publishing.LeaveTip>().RunAsync(user, await _shop.ArticleAsync(), new("30", "", false, PaymentChannel.Balance, Saving.Key()), CancellationToken.None)),
        }));

        Assert.True(await _shop.BalanceAsync("shopper") >= Money.Zero);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Either_the_author_withdraws_a_tip_or_staff_give_it_back()
    {
        await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(10));
        _shop.Clock.Advance(TimeSpan.FromDays(8));
        await _shop.PayoutAccountAsync(await _shop.UserIdAsync("author"));
        var (author, finance) = (await _shop.SignedInAsync("author"), await _shop.SignedInAsync("finance"));
        var (form, office) = (await author.GetAsync("/wallet/withdraw"), await finance.GetAsync("/admin/tips"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => turn % 2 == 0
            ? author.SubmitAsync(form, "form[action='/wallet/withdraw']", Refunding.Fields("amount", "10"))
            : finance.SubmitAsync(office, "main form[action$=takeback]")));

        Assert.DoesNotContain(answers, answer => (int)answer.Status >= 500);
        var (withdrawn, back) = await _shop.ReadAsync(async db => (await db.Withdrawals.CountAsync(), await db.Refunds.CountAsync()));
        Assert.Equal(1, withdrawn + back);
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("author"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Minimum_daily_limit_and_fresh_tips_are_minded()
    {
        await _shop.TopUpAsync("shopper", 4_000);
        await _shop.TopUpAsync("shopper", 4_000);
        await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(500), PaymentChannel.Balance);
        var (user, author) = (await PayeeAsync(), await _shop.UserIdAsync("author"));
        await _shop.PayoutAccountAsync(author);

        Assert.NotNull(await RefusalAsync(user, "9.99"));
        Assert.NotNull(await RefusalAsync(user, "5000.01"));
        Assert.NotNull(await RefusalAsync(author, "500"));
        _shop.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Assert.Null(await RefusalAsync(author, "500"));
        Assert.Null(await RefusalAsync(user, "5000"));
        Assert.NotNull(await RefusalAsync(user, "10"));
    }

    [Fact]
    public async Task A_declined_one_is_back_with_the_reason_and_decided_once()
    {
        await _shop.TopUpAsync("shopper", 100);
        var number = await _shop.WithdrawAsync(await PayeeAsync(), Money.Yuan(100));
        var finance = await _shop.UserIdAsync("finance");

        var decided = await Task.WhenAll(Enumerable.Range(0, 10).Select(turn => _shop.Service<DecideWithdrawal>().RunAsync(finance, number, turn % 2 == 0 ? "资料不全" : null, CancellationToken.None)));

        Assert.Equal(1, decided.Count(answer => answer!.Refusal is null));
        await _shop.SendWithdrawalsAsync();
        var isBack = await _shop.BalanceAsync("shopper") == Money.Yuan(100);
        Assert.Equal([isBack ? NoticeKind.WithdrawalReturned : NoticeKind.WithdrawalPaid], await _shop.ReadAsync(db => db.Notices.Select(notice => notice.Kind).ToListAsync()));
        Assert.Equal(isBack ? 0 : 1, _shop.Alipay.Transfers.Count);
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(AlipayMood.DoneButSlow)]
    [InlineData(AlipayMood.DoneButBusy)]
    [InlineData(AlipayMood.Down)]
    public async Task What_has_no_sure_answer_is_asked_about_until_it_is_known_and_moves_once(AlipayMood mood)
    {
        var number = await ApprovedAsync();
        (_shop.Alipay.Mood, _shop.Alipay.MoodIsFor) = (mood, "alipay.fund.trans.uni.transfer");
        await _shop.SendWithdrawalsAsync();
        Assert.Equal(WithdrawalStatus.Approved, await StatusAsync(number));

        _shop.Alipay.Mood = AlipayMood.Well;
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(_shop.SendWithdrawalsAsync(), _shop.SendWithdrawalsAsync());

        Assert.Equal(WithdrawalStatus.Paid, await StatusAsync(number));
        Assert.Equal(Money.Yuan(900), _shop.Alipay.Balance);
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_wrong_payee_brings_the_money_back_with_the_reason()
    {
        var number = await ApprovedAsync();
        _shop.Alipay.Script = (method, _) => method == "alipay.fund.trans.uni.transfer" ? Refuses("PAYEE_NOT_EXIST") : null;

        await _shop.SendWithdrawalsAsync();

        Assert.Equal(WithdrawalStatus.Failed, await StatusAsync(number));
        Assert.Equal(Money.Yuan(100), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task When_money_may_have_moved_nothing_comes_back_by_itself_and_staff_decide()
    {
        var number = await ApprovedAsync();
        _shop.Alipay.Script = (method, _) => method == "alipay.fund.trans.uni.transfer" ? Refuses("PAYMENT_INFO_INCONSISTENCY") : null;

        await _shop.SendWithdrawalsAsync();
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.SendWithdrawalsAsync();

        Assert.Equal(WithdrawalStatus.Unclear, await StatusAsync(number));
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("shopper"));
        var finance = await _shop.SignedInAsync("finance");
        await finance.SubmitAsync(await finance.GetAsync("/admin/withdrawals"), "main form[action$=paid]", Refunding.Fields("text", "20261126110070"));
        Assert.Equal(WithdrawalStatus.Paid, await StatusAsync(number));
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task While_the_shops_account_is_empty_it_waits()
    {
        var number = await ApprovedAsync();
        _shop.Alipay.Balance = Money.Zero;
        await _shop.SendWithdrawalsAsync();
        Assert.Equal(WithdrawalStatus.Approved, await StatusAsync(number));

        _shop.Alipay.Balance = Money.Yuan(1_000);
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await _shop.SendWithdrawalsAsync();

        Assert.Equal(WithdrawalStatus.Paid, await StatusAsync(number));
    }

    private async Task<long> PayeeAsync()
    {
        var user = await _shop.UserIdAsync("shopper");
        await _shop.PayoutAccountAsync(user);
        return user;
    }

    private async Task<string> ApprovedAsync()
    {
        await _shop.TopUpAsync("shopper", 100);
        var number = await _shop.WithdrawAsync(await PayeeAsync(), Money.Yuan(100));
        Assert.Equal(WithdrawalStatus.Approved, (await _shop.Service<DecideWithdrawal>().RunAsync(await _shop.UserIdAsync("finance"), number, null, CancellationToken.None))!.Value);
        return number;
    }

    private async Task<Refusal?> RefusalAsync(long user, string amount) => (await _shop.Service<RequestWithdrawal>().RunAsync(user, amount, Saving.Key(), CancellationToken.None)).Refusal;

    private Task<WithdrawalStatus> StatusAsync(string number) => _shop.ReadAsync(db => db.Withdrawals.Where(withdrawal => withdrawal.Number == number).Select(withdrawal => withdrawal.Status).SingleAsync());

    private static Dictionary<string, string> Refuses(string code) => new(StringComparer.Ordinal) { ["code"] = "40004", ["msg"] = "Business Failed", ["sub_code"] = code };

    /// <summary>A shop that signs with certificates: only such a one may transfer.</summary>
    private sealed class CertifiedShop : ShopHost
    {
        protected override IReadOnlyDictionary<string, string?> AlipaySettings() => FakeAlipay.CertificateSettings(DataFolder);
    }
}

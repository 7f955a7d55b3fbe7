using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>What shoppers, authors and finance do with wallets.</summary>
internal static class WalletSteps
{
    private static readonly string[] Amounts = ["0.01", "12.34", "100", "500"];

    public static void TopUp(SimulatedDay day)
    {
        var (userId, amount, key) = (day.AnyUser(), day.Random.Next(Amounts.Length), day.NextKey());
        day.Start($"shopper {userId} tops up {Amounts[amount]}", async shop =>
        {
            var started = await shop.GetRequiredService<StartTopUp>().RunAsync(userId, Amounts[amount], key, CancellationToken.None);
            Hold(day, await shop.GetRequiredService<OpenTopUp>().RunAsync(userId, started.Value!, Visit, CancellationToken.None));
        });
    }

    /// <summary>用账户余额支付, at the cashier.</summary>
    public static void PayOrder(SimulatedDay day)
    {
        if (day.AnyOrder() is not { } order)
            return;
        day.Start($"pay {day.Story.Name(order.Number)} from the balance", async shop =>
        {
            var paid = await shop.GetRequiredService<PayOrderFromBalance>().RunAsync(order.UserId, order.Number, CancellationToken.None);
            if (paid is { Refusal: null } && await shop.GetRequiredService<ShopDb>().Orders.AnyAsync(known => known.Number == order.Number && known.Total > Money.Zero))
                day.Promises.FoundPaid(order.Number);
            day.Story.Tell($"  balance for {day.Story.Name(order.Number)}: {paid?.Refusal?.Key ?? $"{paid?.Value}"}");
        });
    }

    public static void Tip(SimulatedDay day)
    {
        var (userId, key) = (day.AnyUser(), day.NextKey());
        var form = new TipForm(Amounts[day.Random.Next(3)], "", false, day.Random.Next(2) == 0 ? PaymentChannel.Balance : PaymentChannel.Alipay, key);
        day.Start($"shopper {userId} tips {form.Typed} by {form.Channel}", async shop =>
        {
            var left = await shop.GetRequiredService<LeaveTip>().RunAsync(userId, 1, form, CancellationToken.None);
            if (left?.Value is { IsPaid: false } tip)
                Hold(day, await shop.GetRequiredService<OpenTip>().RunAsync(userId, tip.Number, Visit, CancellationToken.None));
        });
    }

    /// <summary>Two of the staff may do it at once.</summary>
    public static void TakeBackTip(SimulatedDay day)
    {
        var given = day.Read(db => db.Tips.Given().OrderBy(tip => tip.Id).Select(tip => tip.Number).ToListAsync());
        if (given.Count == 0)
            return;
        var number = given[day.Random.Next(given.Count)];
        day.Start($"take back tip {given.IndexOf(number)}", async shop => day.Story.Tell($"  tip: {(await shop.GetRequiredService<TakeBackTip>().RunAsync(1, number, CancellationToken.None))?.Refusal?.Key ?? "taken back"}"));
    }

    public static void Withdraw(SimulatedDay day)
    {
        var (userId, yuan, key) = (day.AnyUser(), day.Random.Next(10, 60), day.NextKey());
        day.Start($"user {userId} withdraws {yuan}", async shop => day.Story.Tell($"  withdrawal: {(await shop.GetRequiredService<RequestWithdrawal>().RunAsync(userId, $"{yuan}", key, CancellationToken.None)).Refusal?.Key ?? "asked"}"));
    }

    /// <summary>Two of the staff may do it at once, and disagree.</summary>
    public static void Decide(SimulatedDay day)
    {
        var asked = day.Read(db => db.Withdrawals.Where(withdrawal => withdrawal.Status == WithdrawalStatus.Requested).OrderBy(withdrawal => withdrawal.Id).Select(withdrawal => withdrawal.Number).ToListAsync());
        if (asked.Count == 0)
            return;
        var (number, whyNot) = (asked[day.Random.Next(asked.Count)], day.Random.Next(4) == 0 ? "资料不全" : null);
        day.Start($"decide on withdrawal {asked.IndexOf(number)}", async shop =>
            day.Story.Tell($"  withdrawal: {(await shop.GetRequiredService<DecideWithdrawal>().RunAsync(1_000, number, whyNot, CancellationToken.None))?.Value}"));
    }

    public static void Send(SimulatedDay day) => day.Start("send withdrawals", async shop =>
        day.Story.Tell($"  withdrawals that ended: {await shop.GetRequiredService<SendWithdrawals>().RunAsync(CancellationToken.None)}"));

    private static PaymentVisit Visit { get; } = new("https://shop.test", false);

    private static void Hold(SimulatedDay day, Outcome<string>? opened)
    {
        if (opened?.Value is not { } address)
            return;
        var page = PaymentPage.Read(address);
        day.Promises.Opened(page.OutTradeNo);
        day.Pages.Add(page);
    }
}

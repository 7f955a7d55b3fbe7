using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Wallets;

/// <summary>充值: notes what is to be paid. A form that is sent twice makes one top-up.</summary>
public sealed class StartTopUp(ShopWriter writer, IOptions<WalletOptions> options, TimeProvider clock)
{
    /// <summary>Its number.</summary>
    public async Task<Outcome<string>> RunAsync(long userId, string? typed, string formKey, CancellationToken stop)
    {
        var amount = TypedAmount.Read(typed);
        return amount.Refusal is { } why ? why : await writer.RunAsync((db, token) => StartAsync(db, userId, amount.Value, formKey, token), stop);
    }

    private async Task<string> StartAsync(ShopDb db, long userId, Money amount, string formKey, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        if (await db.TopUps.OwnedBy(userId).Where(topUp => topUp.FormKey == formKey).Select(topUp => topUp.Number).SingleOrDefaultAsync(stop) is { } same)
            return same;
        var now = clock.GetUtcNow();
        var topUp = TopUp.Start(userId, amount, formKey, now, options.Value.PaymentTimeout);
        db.TopUps.Add(topUp);
        await db.SaveChangesAsync(stop);
        return topUp.Number;
    }
}

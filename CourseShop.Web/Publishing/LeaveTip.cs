using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>What the form of a tip sends.</summary>
/// <param name="Typed">The amount, as it was typed or chosen.</param>
/// <param name="Message">To the author; may be empty.</param>
/// <param name="IsAnonymous">Nobody learns who gives.</param>
/// <param name="Channel">How it is paid; from the balance at once.</param>
/// <param name="Key">One per form: sent twice, it makes one tip.</param>
public sealed record TipForm(string? Typed, string? Message, bool IsAnonymous, PaymentChannel Channel, string Key);

/// <summary>A tip that was left.</summary>
/// <param name="Number">Its number.</param>
/// <param name="IsPaid">It is with its author already.</param>
public sealed record LeftTip(string Number, bool IsPaid);

/// <summary>赞赏支持: for somebody else's published article. What the balance pays is with the author in the same unit.</summary>
public sealed class LeaveTip(ShopWriter writer, BalanceChannel balance, IOptions<WalletOptions> options, TimeProvider clock)
{
    /// <summary>Null when there is no such article to read.</summary>
    public async Task<Outcome<LeftTip>?> RunAsync(long userId, long articleId, TipForm form, CancellationToken stop)
    {
        var amount = TypedAmount.Read(form.Typed);
        if (amount.Refusal is { } why)
            return why;
        var message = WrittenText.Lines(form.Message);
        if (message.Length > Tip.LongestMessage)
            return new Refusal("留言最多 {0} 个字", Tip.LongestMessage);
        return await writer.RunAsync((db, token) => LeaveAsync(db, userId, articleId, new(amount.Value, message, form.IsAnonymous), form, token), stop);
    }

    private async Task<Outcome<LeftTip>?> LeaveAsync(ShopDb db, long userId, long articleId, TipWish wish, TipForm form, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        if (await db.Tips.LeftBy(userId).Where(tip => tip.FormKey == form.Key).Select(tip => new LeftTip(tip.Number, tip.PaidAt != null)).SingleOrDefaultAsync(stop) is { } same)
            return same;
        if (await db.Articles.Published().Where(article => article.Id == articleId).Select(article => (long?)article.AuthorId).SingleOrDefaultAsync(stop) is not { } authorId)
            return null;
        if (authorId == userId)
            return new Refusal("自己的文章不能自己赞赏");
        if (form.Channel == PaymentChannel.Balance && await BalanceChannel.ObstacleAsync(db, userId, wish.Amount, stop) is { } poor)
            return poor;

        var now = clock.GetUtcNow();
        var tip = Tip.Leave(articleId, authorId, userId, wish, form.Key, now, options.Value.PaymentTimeout);
        db.Tips.Add(tip);
        await db.SaveChangesAsync(stop); // the settlement finds it in the database
        if (form.Channel == PaymentChannel.Balance)
        {
            await balance.PayAsync(db, userId, Payment.Attempt(PaymentPurpose.Tip, tip.Number, 1, tip.Amount, OpenTip.Title, now, tip.PayBy, PaymentChannel.Balance), stop);
            await db.SaveChangesAsync(stop);
        }

        return new LeftTip(tip.Number, tip.PaidAt is not null);
    }
}

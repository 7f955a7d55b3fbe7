using CourseShop.Common;

namespace CourseShop.Wallets;

/// <summary>充值: money that its owner brings into their own wallet. Its attempts to pay say whether it still can be paid; money that comes late still counts.</summary>
public sealed class TopUp
{
    /// <summary>What the buyer reads at the gateway.</summary>
    public const string Title = "账户充值";

    private TopUp()
    {
    }

    public long Id { get; private set; }

    /// <summary>Also the first attempt's number at the gateway.</summary>
    public string Number { get; private set; } = "";
    public long UserId { get; private set; }

    /// <summary>One per form: sent twice, it makes one top-up.</summary>
    public string FormKey { get; private set; } = "";
    public Money Amount { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The deadline.</summary>
    public DateTimeOffset PayBy { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    public static TopUp Start(long userId, Money amount, string formKey, DateTimeOffset now, TimeSpan timeout) => new()
    {
        Number = DatedNumber.New('T', now),
        UserId = userId,
        FormKey = formKey,
        Amount = amount,
        CreatedAt = now,
        PayBy = now + timeout,
    };

    /// <summary>Its money came.</summary>
    public void MarkPaid(DateTimeOffset now) => PaidAt = PaidAt is null ? now : throw new InvalidOperationException($"Top-up {Number} was paid already.");
}

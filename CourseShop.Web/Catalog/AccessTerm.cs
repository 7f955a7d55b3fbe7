using CourseShop.Common;

namespace CourseShop.Catalog;

/// <summary>有效期: how long a buyer may learn, and what that costs.</summary>
/// <param name="days">Days from payment; null means permanently (永久有效).</param>
/// <param name="price">The list price of this term.</param>
public sealed class AccessTerm(int? days, Money price)
{
    public long Id { get; private set; }
    public long CourseId { get; private set; }
    public int? Days { get; private set; } = days is null or > 0 ? days : throw new ArgumentOutOfRangeException(nameof(days));
    public Money Price { get; private set; } = price >= Money.Zero ? price : throw new ArgumentOutOfRangeException(nameof(price));

    /// <summary>No longer sold; rows that chose it say so.</summary>
    public bool IsHidden { get; private set; }

    public void Reprice(Money to) => Price = to >= Money.Zero ? to : throw new ArgumentOutOfRangeException(nameof(to));
}

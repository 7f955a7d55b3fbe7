using CourseShop.Data;

namespace CourseShop.Payments;

/// <summary>
/// A channel whose money is in the shop already (账户余额): where others call a gateway, between two units, it moves the money inside the very unit that books it.
/// </summary>
public interface IHouseChannel
{
    /// <summary>Which channel this is.</summary>
    PaymentChannel Channel { get; }

    /// <summary>Gives the money of a refund back to who paid, once. Changes nouns, never saves.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="refund">With its payment, which came through this channel.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Stops the unit.</param>
    Task GiveBackAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop);
}

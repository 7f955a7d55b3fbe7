using System.Security.Cryptography;
using System.Text;

namespace CourseShop.Data;

/// <summary>
/// What only one unit at a time may decide about. A unit that looks and then writes takes the turn first, before it reads what it decides by: what a
/// shopper has (orders, payments, refunds, coupons, credits, access, cart, sign-in), a guest's cart, a coupon's stock, the bill of a day. It lasts until the
/// unit has ended. SQLite has one writer, whose unit has every turn there is.
/// </summary>
/// <param name="Key">Its number among all turns.</param>
public readonly record struct Turn(long Key)
{
    /// <summary>Migrations, and the first stock of the sample shop.</summary>
    public static Turn OfOpening { get; } = new(Kind(1));

    public static Turn OfAdministrators { get; } = new(Kind(2));

    /// <summary>What authors go by: nobody takes another's name.</summary>
    public static Turn OfPenNames { get; } = new(Kind(8));

    /// <summary>The entries that courses are found by.</summary>
    public static Turn OfSearchEntries { get; } = new(Kind(9));

    public static Turn OfShopper(long userId) => new(Kind(3) | userId);

    public static Turn OfCoupon(long couponId) => new(Kind(4) | couponId);

    public static Turn OfGuest(string cartKey) => new(Kind(5) | Digest(cartKey));

    /// <summary>What a payment is for, where its receiver knows no shopper.</summary>
    public static Turn OfPurpose(int purpose, string number) => new(Kind(6) | Digest($"{purpose}:{number}"));

    public static Turn OfBill(int channel, DateOnly day) => new(Kind(7) | ((long)channel << 32) | (uint)day.DayNumber);

    private static long Kind(long kind) => kind << 56;

    /// <summary>Two texts may share a turn: they then wait for each other, which harms nobody.</summary>
    private static long Digest(string text) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & 0x00FF_FFFF_FFFF_FFFF;
}

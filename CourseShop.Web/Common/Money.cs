using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CourseShop.Common;

/// <summary>An amount of Chinese yuan, kept in whole fen (1 yuan = 100 fen). Never floating point.</summary>
/// <param name="Fen">The amount in fen; may be negative only where a difference is meant.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>Nothing: 0 fen.</summary>
    public static Money Zero => default;

    /// <summary>An amount of whole yuan.</summary>
    public static Money Yuan(long yuan) => new(checked(yuan * 100));

    /// <summary>True for 0 fen.</summary>
    public bool IsZero => Fen == 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));
    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));
    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;
    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;
    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;
    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    /// <summary>The smaller of two amounts.</summary>
    public static Money Min(Money a, Money b) => a < b ? a : b;

    /// <summary>The larger of two amounts.</summary>
    public static Money Max(Money a, Money b) => a > b ? a : b;

    /// <summary>A share in basis points (8200 = 82 %), rounded half up to the fen. Refuses shares outside 0–10000 and negative amounts.</summary>
    public Money Share(int basisPoints)
    {
        if (Fen < 0)
            throw new InvalidOperationException("A share of a negative amount is not defined.");
        ArgumentOutOfRangeException.ThrowIfNegative(basisPoints);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, 10_000);
        return new((long)((((Int128)Fen * basisPoints) + 5_000) / 10_000));
    }

    /// <summary>Yuan with two decimals and a point, as Alipay wants it: <c>88.80</c>.</summary>
    public string ToYuan() => string.Create(CultureInfo.InvariantCulture, $"{(Fen < 0 ? "-" : "")}{Math.Abs(Fen) / 100}.{Math.Abs(Fen) % 100:00}");

    /// <summary>Reads yuan as Alipay writes it (<c>99</c>, <c>99.0</c>, <c>99.00</c>). Refuses signs, blanks, separators, exponents, and more than two decimals.</summary>
    public static bool TryParseYuan([NotNullWhen(true)] string? text, out Money money)
    {
        money = Zero;
        if (text is null or { Length: 0 or > 15 })
            return false;

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length is 0 or > 12 || (point >= 0 && decimals.Length is 0 or > 2) || !whole.All(char.IsAsciiDigit) || !decimals.All(char.IsAsciiDigit))
            return false;

        var fen = long.Parse(whole, CultureInfo.InvariantCulture) * 100;
        money = new(fen + (decimals.Length == 0 ? 0 : int.Parse(decimals.PadRight(2, '0'), CultureInfo.InvariantCulture)));
        return true;
    }

    /// <inheritdoc />
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>As a person reads it: <c>¥99.50</c>, <c>−¥10.00</c>.</summary>
    public override string ToString() => Fen < 0 ? $"−¥{new Money(-Fen).ToYuan()}" : $"¥{ToYuan()}";
}

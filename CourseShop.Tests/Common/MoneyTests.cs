using CourseShop.Common;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Common;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0, "¥0.00", "0.00")]
    [InlineData(1, "¥0.01", "0.01")]
    [InlineData(10, "¥0.10", "0.10")]
    [InlineData(9950, "¥99.50", "99.50")]
    [InlineData(100_000_00, "¥100000.00", "100000.00")]
    [InlineData(-1, "−¥0.01", "-0.01")]
    [InlineData(-1050, "−¥10.50", "-10.50")]
    public void It_is_written_for_people_and_for_Alipay(long fen, string forPeople, string forAlipay)
    {
        Assert.Equal(forPeople, new Money(fen).ToString());
        Assert.Equal(forAlipay, new Money(fen).ToYuan());
    }

    [Theory]
    [InlineData("99", 9900)]
    [InlineData("99.0", 9900)]
    [InlineData("99.00", 9900)]
    [InlineData("0.01", 1)]
    [InlineData("0.1", 10)]
    [InlineData("007.50", 750)]
    [InlineData("999999999999.99", 99_999_999_999_999)]
    public void Yuan_are_read_as_Alipay_writes_them(string text, long fen)
    {
        Assert.True(Money.TryParseYuan(text, out var money));
        Assert.Equal(fen, money.Fen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("1.001")]
    [InlineData("1.2.3")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("１２")]
    [InlineData("٣")]
    [InlineData("¥1")]
    [InlineData("NaN")]
    [InlineData("9999999999999")]
    [InlineData("0000000000000001.00")]
    public void Anything_else_is_no_amount(string? text)
    {
        Assert.False(Money.TryParseYuan(text, out var money));
        Assert.Equal(Money.Zero, money);
    }

    [Fact]
    public void What_is_written_for_Alipay_reads_back_as_the_same_amount() => Seeds.ForEach(20_000, random =>
    {
        var money = new Money(random.Fen());

        Assert.True(Money.TryParseYuan(money.ToYuan(), out var read));
        Assert.Equal(money, read);
    });

    [Theory]
    [InlineData(19900, 8200, 16318)] // ¥199.00 × 0.82
    [InlineData(1, 5000, 1)] // half a fen goes up
    [InlineData(3, 5000, 2)]
    [InlineData(1, 4999, 0)]
    [InlineData(19900, 10_000, 19900)]
    [InlineData(19900, 0, 0)]
    [InlineData(long.MaxValue, 10_000, long.MaxValue)]
    public void A_share_is_rounded_half_up_to_the_fen(long fen, int basisPoints, long share) => Assert.Equal(share, new Money(fen).Share(basisPoints).Fen);

    [Fact]
    public void A_share_is_never_off_by_more_than_half_a_fen() => Seeds.ForEach(20_000, random =>
    {
        var (money, basisPoints) = (new Money(random.Fen()), random.Next(0, 10_001));

        var share = money.Share(basisPoints).Fen;

        Assert.Equal((long)Math.Floor((money.Fen * basisPoints / 10_000m) + 0.5m), share);
        Assert.InRange(share, 0, money.Fen);
    });

    [Fact]
    public void Shares_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(100).Share(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(100).Share(10_001));
        Assert.Throws<InvalidOperationException>(() => new Money(-100).Share(5000));
    }

    [Fact]
    public void Sums_that_do_not_fit_throw_instead_of_wrapping_around()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => Money.Yuan(long.MaxValue));
    }

    [Fact]
    public void Amounts_compare_by_their_fen()
    {
        var (less, more) = (new Money(999), Money.Yuan(10));

        Assert.True(less < more && more > less && less <= more && more >= less && less != more);
        Assert.Equal(less, Money.Min(more, less));
        Assert.Equal(more, Money.Max(more, less));
        Assert.Equal([less, more], new[] { more, less }.Order());
    }
}

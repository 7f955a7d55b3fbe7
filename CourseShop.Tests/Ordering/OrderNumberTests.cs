using System.Text.RegularExpressions;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;

namespace CourseShop.Tests.Ordering;

public sealed partial class OrderNumberTests
{
    private static readonly DateTimeOffset LateInLondon = new(2026, 11, 20, 16, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_hundred_thousand_in_one_moment_are_all_different()
    {
        var numbers = Enumerable.Range(0, 100_000).Select(_ => OrderNumber.New(LateInLondon)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(100_000, numbers.Count);
        Assert.All(numbers, number => Assert.True(OrderNumber.IsWellFormed(number) && number.Length == OrderNumber.Length));
    }

    [Fact]
    public void It_begins_with_Beijings_date() => Assert.StartsWith("20261121", OrderNumber.New(LateInLondon), StringComparison.Ordinal);

    [Fact]
    public void It_and_its_further_attempts_are_valid_numbers_for_Alipay()
    {
        var number = OrderNumber.New(LateInLondon);

        Assert.All([1, 2, 99], attempt => Assert.Matches(OutTradeNo(),
            Payment.Attempt(PaymentPurpose.Order, number, attempt, Money.Yuan(1), "课程", LateInLondon, LateInLondon.AddMinutes(15)).OutTradeNo));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("20261121a")]
    [InlineData("２０２６")]
    [InlineData("2026 1121")]
    [InlineData("-1")]
    public void Anything_but_digits_is_no_number(string? text) => Assert.False(OrderNumber.IsWellFormed(text));

    [Fact]
    public void More_than_64_digits_are_no_number()
    {
        Assert.True(OrderNumber.IsWellFormed(new string('1', 64)));
        Assert.False(OrderNumber.IsWellFormed(new string('1', 65)));
    }

    [GeneratedRegex("^[0-9A-Za-z_]{1,64}$")]
    private static partial Regex OutTradeNo();
}

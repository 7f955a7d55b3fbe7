using CourseShop.Wallets;

namespace CourseShop.Tests.Wallets;

public sealed class TypedAmountTests
{
    [Theory]
    [InlineData("0.01", 1)]
    [InlineData(" 12.5 ", 1250)]
    [InlineData("¥66", 6600)]
    [InlineData("5000", 500_000)]
    [InlineData("5000.00", 500_000)]
    public void What_a_person_types_is_an_amount(string typed, long fen) => Assert.Equal(fen, TypedAmount.Read(typed).Value.Fen);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.00")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0.001")]
    [InlineData("5000.01")]
    [InlineData("1,000")]
    [InlineData("999999999999999999")]
    [InlineData("十块")]
    public void Anything_else_is_refused(string? typed) => Assert.NotNull(TypedAmount.Read(typed).Refusal);
}

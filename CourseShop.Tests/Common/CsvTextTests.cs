using CourseShop.Common;

namespace CourseShop.Tests.Common;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("一", "一")]
    [InlineData("9.00", "9.00")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("2026112622001400000000000001", "\"2026112622001400000000000001\t\"")]
    [InlineData("12345678901", "12345678901")]
    public void A_cell_is_what_it_looks_like(string? text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public void A_row_ends_where_it_ends() => Assert.Equal("a,,\"b\nc\"\r\n", CsvText.Row("a", null, "b\nc"));
}

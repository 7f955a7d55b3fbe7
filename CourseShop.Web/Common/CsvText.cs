namespace CourseShop.Common;

/// <summary>Rows of a CSV file that a spreadsheet takes for what they are: no text becomes a formula, and long numbers keep all their digits.</summary>
public static class CsvText
{
    private const int DigitsThatCalculate = 11;

    /// <summary>One row with its line end.</summary>
    public static string Row(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>One cell. What begins like a formula gets an apostrophe in front; a number too long to calculate with ends in a tab, as in Alipay's own files.</summary>
    public static string Cell(string? text)
    {
        var plain = text ?? "";
        if (plain is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..])
            plain = $"'{plain}";
        else if (plain.Length > DigitsThatCalculate && plain.All(char.IsAsciiDigit))
            plain += '\t';
        return plain.AsSpan().IndexOfAny(",\"\r\n\t") < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

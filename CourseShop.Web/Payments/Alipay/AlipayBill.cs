using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// A downloaded bill: a zip of two files in GBK, of which the details (业务明细) are read and the summary (汇总) is not. Names inside the zip choose
/// the file and are never used as paths; what it unpacks to is bounded.
/// </summary>
/// <param name="zip">The download; belongs to the bill from now on.</param>
/// <param name="day">Beijing's calendar day that it must be of.</param>
/// <param name="sellerId">The payee whose account it must be of.</param>
public sealed class AlipayBill(Stream zip, DateOnly day, string sellerId) : GatewayBill
{
    private const int MostFiles = 10;
    private const int LongestLine = 8 * 1024; // in characters; a row has about 250
    private const int MostTimesLonger = 100; // rows of a bill are packed ten to thirty times smaller

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!; // a name that GBK can't write must not cost the whole bill

    private bool isRead;

    /// <inheritdoc />
    public override async IAsyncEnumerable<BillEntry> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        if (isRead)
            throw new InvalidOperationException("A bill is read once.");
        isRead = true;

        var text = new AlipayBillText(day, sellerId);
        await foreach (var line in LinesAsync(stop))
        {
            if (text.Take(line) is { } entry)
                yield return entry;
        }
        text.End();
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => zip.DisposeAsync();

    private async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var archive = Opened(() => new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true, Gbk));
        var details = Opened(() => Details(archive));
        using var text = new StreamReader(Opened(details.Open), Gbk, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[16 * 1024];
        var line = new StringBuilder();
        var left = details.CompressedLength * MostTimesLonger;
        while (await ReadAsync(text, buffer, stop) is var length and > 0)
        {
            if ((left -= length) < 0)
                throw new BrokenBillException($"The bill unpacks to more than {MostTimesLonger} times its size.");
            foreach (var range in Cuts(buffer.AsMemory(0, length)))
            {
                line.Append(range.Text);
                if (line.Length > LongestLine)
                    throw new BrokenBillException($"The bill has a line of more than {LongestLine} characters.");
                if (!range.IsEnded)
                    continue;
                yield return line.ToString().TrimEnd('\r');
                line.Clear();
            }
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    private static ZipArchiveEntry Details(ZipArchive archive)
    {
        if (archive.Entries.Count > MostFiles)
            throw new BrokenBillException($"The bill's zip holds more than {MostFiles} files.");
        var details = archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !entry.Name.Contains("汇总", StringComparison.Ordinal)).ToList();
        return details.Count == 1 ? details[0] : throw new BrokenBillException($"The bill's zip holds {details.Count} files of details instead of one.");
    }

    private static IEnumerable<(ReadOnlyMemory<char> Text, bool IsEnded)> Cuts(ReadOnlyMemory<char> text)
    {
        while (text.Span.IndexOf('\n') is var end and >= 0)
        {
            yield return (text[..end], true);
            text = text[(end + 1)..];
        }
        yield return (text, false);
    }

    private static async Task<int> ReadAsync(StreamReader text, char[] buffer, CancellationToken stop)
    {
        try
        {
            return await text.ReadAsync(buffer, stop);
        }
        catch (InvalidDataException)
        {
            throw new BrokenBillException("The bill's zip is damaged.");
        }
    }

    private static T Opened<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException)
        {
            throw new BrokenBillException("The bill is no zip, or was cut off.");
        }
    }
}

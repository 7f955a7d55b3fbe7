using System.IO.Compression;
using System.Text;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>Makes the bill of a day as a zip of two files in GBK, bent as the switches will have it; its sums are always those of its rows.</summary>
public sealed class WriteBill(SimulatorStore store, TimeProvider clock)
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    /// <param name="day">Beijing's calendar day.</param>
    public byte[] Run(DateOnly day)
    {
        var text = new BillText(day, Bent([.. BillRow.Of(store.PaidTrades(), day)], day), store.Obeys(Switch.BillRefundsPositive));
        var (details, summary) = BillText.Names(day);
        var now = clock.GetUtcNow();
        var zip = Zip(now, (details, text.Details(now)), (summary, text.Summary()));
        return store.Obeys(Switch.BillCutOff) ? zip[..(zip.Length / 2)] : zip;
    }

    private List<BillRow> Bent(List<BillRow> rows, DateOnly day)
    {
        if (rows.FindLast(row => row.IsRefund) is { } refund && store.Obeys(Switch.BillRefundTwice))
            rows.Add(refund);
        if (rows.Count > 0 && store.Obeys(Switch.BillOtherAmount))
            rows[0] = rows[0] with { Amount = rows[0].Amount + new Money(1) };
        if (rows.Count > 0 && store.Obeys(Switch.BillRowMissing))
            rows.RemoveAt(rows.Count - 1);
        if (store.Obeys(Switch.BillStrangersRow))
            rows.Add(BillRow.OfStranger(day));
        return rows;
    }

    // an encoding for the names that is not UTF-8 leaves the UTF-8 flag off, as Alipay does
    private static byte[] Zip(DateTimeOffset now, params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true, Gbk))
        {
            foreach (var (name, text) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = now.ToBeijing();
                using var file = entry.Open();
                file.Write(Gbk.GetBytes(text));
            }
        }
        return zip.ToArray();
    }
}

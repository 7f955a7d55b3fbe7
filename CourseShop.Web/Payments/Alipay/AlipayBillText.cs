using System.Globalization;
using System.Text.RegularExpressions;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// The text of a bill's details, understood line by line: remarks that begin with #, one line of column names, rows, an end marker, and sums that must be those
/// of the rows. Whatever it doesn't understand is a <see cref="BrokenBillException"/> that says in which line.
/// </summary>
/// <param name="day">Beijing's calendar day that the bill must be of.</param>
/// <param name="sellerId">The payee whose account it must be of; the account's number begins with it.</param>
public sealed partial class AlipayBillText(DateOnly day, string sellerId)
{
    private const int MostMilliseconds = 1_000;

    private readonly Dictionary<BillEntryKind, (int Count, Money Received)> sums = new() { [BillEntryKind.Payment] = default, [BillEntryKind.Refund] = default };
    private readonly HashSet<BillEntryKind> compared = [];
    private AlipayBillColumns? columns;
    private bool isEnded;
    private int lines;

    /// <summary>The movement that a line tells of; null for lines that tell of none.</summary>
    /// <param name="line">Without its line break.</param>
    public BillEntry? Take(string line)
    {
        lines++;
        if (lines == 1 && !line.StartsWith("#支付宝业务明细", StringComparison.Ordinal))
            throw Broken("isn't how a bill of Alipay's begins");
        if (line.StartsWith('#'))
            Remark(line);
        else if (line.Length > 0 && isEnded)
            throw Broken("stands behind the end");
        else if (line.Length > 0 && columns is not null)
            return Row(columns, line);
        else if (line.Length > 0)
            columns = AlipayBillColumns.Of(line) ?? throw Broken("misses a column");
        return null;
    }

    /// <summary>There are no more lines: refuses a bill whose end is missing, or whose rows are nowhere summed up.</summary>
    public void End()
    {
        if (!isEnded || sums.Any(sum => sum.Value.Count > 0 && !compared.Contains(sum.Key)))
            throw new BrokenBillException($"The bill was cut off after line {lines}.");
    }

    private void Remark(string line)
    {
        isEnded |= line.Contains("明细列表结束", StringComparison.Ordinal);
        if (Account().Match(line) is { Success: true } account && !account.Groups["number"].Value.StartsWith(sellerId, StringComparison.Ordinal))
            throw Broken("names somebody else's account");
        if (Begin().Match(line) is { Success: true } begin && begin.Groups["day"].Value != day.ToString("yyyy年MM月dd日", CultureInfo.InvariantCulture))
            throw Broken($"names another day than {day:yyyy-MM-dd}");
        if (line.StartsWith("#交易合计", StringComparison.Ordinal))
            Compare(BillEntryKind.Payment, line);
        if (line.StartsWith("#退款合计", StringComparison.Ordinal))
            Compare(BillEntryKind.Refund, line);
    }

    private void Compare(BillEntryKind kind, string line)
    {
        var (count, received) = sums[kind];
        if (Sum().Match(line) is not { Success: true } sum || !int.TryParse(sum.Groups["count"].Value, CultureInfo.InvariantCulture, out var told) || !TryAmount(sum.Groups["amount"].Value, out var amount))
            throw Broken("can't be read");
        if (told != count || amount != received)
            throw Broken($"sums up {told} rows of {amount.ToYuan()}, but there were {count} of {received.ToYuan()}");
        compared.Add(kind);
    }

    private BillEntry Row(AlipayBillColumns names, string line)
    {
        if (names.Split(line) is not { } row)
            throw Broken("has too few columns");
        BillEntryKind kind = row("业务类型") switch
        {
            "交易" => BillEntryKind.Payment,
            "退款" => BillEntryKind.Refund,
            _ => throw Broken("is of an unknown 业务类型"),
        };
        if (!TryAmount(row("订单金额(元)"), out var amount) || !TryAmount(row("商家实收(元)"), out var received) || !TryAmount(row("服务费(元)"), out var fee))
            throw Broken("holds something else than an amount of yuan");
        if (!ChinaTime.TryParseAlipay(row("完成时间"), out var at))
            throw Broken("holds no time");
        if (row("支付宝交易号").Length == 0 || row("商户订单号").Length == 0)
            throw Broken("names no trade");

        sums[kind] = (sums[kind].Count + 1, sums[kind].Received + received);
        var isRefund = kind == BillEntryKind.Refund;
        return new(kind, row("支付宝交易号"), row("商户订单号"), isRefund && row("退款批次号/请求号") is { Length: > 0 } number ? number : null, amount, isRefund ? Money.Zero - fee : fee, at);
    }

    // refunds have been seen with and without a minus, and fees with the other one: the kind of the row says which way it goes
    private static bool TryAmount(string text, out Money amount) => Money.TryParseYuan(text.StartsWith('-') ? text[1..] : text, out amount);

    private BrokenBillException Broken(string what) => new($"Line {lines} of the bill {what}.");

    [GeneratedRegex(@"^#账号[：:]\[(?<number>\d+)\]", RegexOptions.ExplicitCapture, MostMilliseconds)]
    private static partial Regex Account();

    [GeneratedRegex(@"^#起始日期[：:]\[(?<day>[^ \]]*)", RegexOptions.ExplicitCapture, MostMilliseconds)]
    private static partial Regex Begin();

    [GeneratedRegex(@"合计[：:](?<count>\d+)笔[，,]商家实收(?:退款)?共(?<amount>-?[\d.]+)元", RegexOptions.ExplicitCapture, MostMilliseconds)]
    private static partial Regex Sum();
}

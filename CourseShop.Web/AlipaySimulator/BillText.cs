using System.Globalization;
using System.Text;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>A bill as Alipay writes it: nothing is quoted, long numbers end in a TAB, lines end in CR LF.</summary>
/// <param name="day">Whose movements.</param>
/// <param name="rows">The movements.</param>
/// <param name="isRefundPositive">Refunds are written without a minus, as in some of Alipay's bills.</param>
public sealed class BillText(DateOnly day, IReadOnlyList<BillRow> rows, bool isRefundPositive)
{
    private const string Account = SimulatorKeys.SellerId + "0156";
    private const string Dashes = "-----------------------------------------";

    private static readonly string[] Columns =
    [
        "支付宝交易号", "商户订单号", "业务类型", "商品名称", "创建时间", "完成时间", "门店编号", "门店名称", "操作员", "终端号", "对方账户", "订单金额（元）", "商家实收（元）", "支付宝红包（元）", "集分宝（元）",
        "支付宝优惠（元）", "商家优惠（元）", "券核销金额（元）", "券名称", "商家红包消费金额（元）", "卡消费金额（元）", "退款批次号/请求号", "服务费（元）", "分润（元）", "备注",
    ];

    /// <summary>The names of the two files in the zip.</summary>
    public static (string Details, string Summary) Names(DateOnly day) => ($"{Account}_{Day(day, "yyyyMMdd")}_业务明细.csv", $"{Account}_{Day(day, "yyyyMMdd")}_业务明细(汇总).csv");

    /// <summary>Every row.</summary>
    public string Details(DateTimeOffset now) => Lines(
    [
        "#支付宝业务明细查询",
        $"#账号：[{Account}]",
        $"#起始日期：[{Day(day, "yyyy年MM月dd日")} 00:00:00]   终止日期：[{Day(day.AddDays(1), "yyyy年MM月dd日")} 00:00:00]",
        $"#{Dashes}业务明细列表{Dashes[1..]}",
        string.Join(',', Columns),
        .. rows.Select(Row),
        $"#{Dashes}业务明细列表结束{Dashes[5..]}",
        $"#交易合计：{Count(false)}笔，商家实收共{Sum(false)}元，商家优惠共0.00元",
        $"#退款合计：{Count(true)}笔，商家实收退款共{Sum(true)}元，商家优惠退款共0.00元",
        $"#导出时间：[{now.ToBeijing().ToString("yyyy年MM月dd日 HH:mm:ss", CultureInfo.InvariantCulture)}]",
    ]);

    /// <summary>Their sums.</summary>
    public string Summary()
    {
        var kept = new Money(rows.Sum(row => row.IsRefund ? -row.Amount.Fen : row.Amount.Fen)).ToYuan();
        return Lines(
        [
            "#支付宝业务汇总查询",
            $"#账号：[{Account}]",
            $"#{Dashes}业务汇总列表{Dashes[1..]}",
            "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）",
            $"合计\t,\t,{Count(false)},{Count(true)},{kept},{kept}",
            $"#{Dashes}业务汇总列表结束{Dashes[5..]}",
        ]);
    }

    private static string Day(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\r\n"));

    private string Row(BillRow row)
    {
        var amount = Signed(row.Amount, row.IsRefund && !isRefundPositive);
        var fee = Signed(row.Fee, !row.IsRefund);
        return string.Join(',', $"{row.TradeNo}\t", $"{row.OutTradeNo}\t", row.IsRefund ? "退款\t" : "交易\t", row.Subject, row.CreatedAt.ToAlipay(), row.FinishedAt.ToAlipay(), "\t", "\t", "\t", "\t", row.Payer,
            amount, amount, "0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00\t", "0.00", $"{row.RefundNumber}\t", fee, "0.00", "");
    }

    private int Count(bool isRefund) => rows.Count(row => row.IsRefund == isRefund);

    private string Sum(bool isRefund) => Signed(new Money(rows.Where(row => row.IsRefund == isRefund).Sum(row => row.Amount.Fen)), isRefund && !isRefundPositive);

    private static string Signed(Money amount, bool isNegative) => (isNegative ? Money.Zero - amount : amount).ToYuan();
}

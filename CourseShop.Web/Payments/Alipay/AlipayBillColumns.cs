using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// The columns of a bill, found by their names. Alipay quotes no value, so a comma in a title looks like a border: the two times behind the title say where it ends.
/// </summary>
public sealed class AlipayBillColumns
{
    private const string AfterTitle = "创建时间";

    private static readonly string[] Needed = ["支付宝交易号", "商户订单号", "业务类型", AfterTitle, "完成时间", "订单金额(元)", "商家实收(元)", "退款批次号/请求号", "服务费(元)"];

    private readonly Dictionary<string, int> _places;

    private AlipayBillColumns(Dictionary<string, int> places) => _places = places;

    /// <summary>From the line of names; null where one that is needed is missing, or one stands twice.</summary>
    public static AlipayBillColumns? Of(string line)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in line.Split(','))
        {
            if (!places.TryAdd(name.Trim().Replace('（', '(').Replace('）', ')'), places.Count))
                return null;
        }
        return Array.TrueForAll(Needed, places.ContainsKey) && places["完成时间"] == places[AfterTitle] + 1 ? new(places) : null;
    }

    /// <summary>A row's values by their columns' names, without the TAB that keeps spreadsheets from rounding long numbers; null where there are too few.</summary>
    public Func<string, string>? Split(string line)
    {
        var values = line.Split(',');
        var extra = CommasInTitle(values);
        if (values.Length < _places.Count + extra)
            return null;
        return name => values[_places[name] < _places[AfterTitle] ? _places[name] : _places[name] + extra].Trim();
    }

    private int CommasInTitle(string[] values)
    {
        var most = values.Length - _places.Count; // a remark, the last column, may have commas of its own
        for (var extra = 0; extra <= most; extra++)
        {
            var at = _places[AfterTitle] + extra;
            if (ChinaTime.TryParseAlipay(values[at].Trim(), out _) && ChinaTime.TryParseAlipay(values[at + 1].Trim(), out _))
                return extra;
        }
        return 0;
    }
}

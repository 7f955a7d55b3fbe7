using System.Text.Json;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>What a transfer is asked for: biz_content of alipay.fund.trans.uni.transfer.</summary>
public sealed class TransferContent(JsonElement business)
{
    private readonly JsonElement payee = business.TryGetProperty("payee_info", out var info) && info.ValueKind == JsonValueKind.Object ? info : JsonElement.Parse("{}");

    public string OutBizNo => business.Text("out_biz_no");
    public string Title => business.Text("order_title");
    public string Remark => business.Text("remark");
    public string Identity => payee.Text("identity");
    public string Name => payee.Text("name");
    public Money Amount => Money.TryParseYuan(business.Text("trans_amount"), out var amount) ? amount : Money.Zero;

    private bool IsByNumber => payee.Text("identity_type") == "ALIPAY_USER_ID";

    /// <summary>The first thing that Alipay would refuse whatever the account holds; null when nothing is.</summary>
    public GatewayFault? Fault()
    {
        if (WrongField() is { } field)
            return GatewayFault.Plain("INVALID_PARAMETER", $"参数有误：{field}");
        if (Amount < new Money(10))
            return GatewayFault.Plain("EXCEED_LIMIT_SM_MIN_AMOUNT", "单笔最低转账金额0.1元");
        if (Amount > Money.Yuan(100_000_000))
            return GatewayFault.Plain("EXCEED_LIMIT_SM_AMOUNT", "单笔额度超限");
        if (Amount >= Money.Yuan(50_000) && Remark.Length == 0)
            return GatewayFault.Plain("MEMO_REQUIRED_IN_TRANSFER_ERROR", "单笔转账金额达到5万元时须填写转账备注");
        return IsAccount() ? null : GatewayFault.Plain("PAYEE_NOT_EXIST", "收款用户不存在");
    }

    private string? WrongField()
    {
        if (OutBizNo.Length is 0 or > 64)
            return "out_biz_no";
        if (!Money.TryParseYuan(business.Text("trans_amount"), out _))
            return "trans_amount";
        if (business.Text("product_code") != "TRANS_ACCOUNT_NO_PWD")
            return "product_code";
        if (business.Text("biz_scene") != "DIRECT_TRANSFER")
            return "biz_scene";
        if (Title.Length > 128)
            return "order_title";
        if (Remark.Length > 200)
            return "remark";
        if (payee.Text("identity_type") is not ("ALIPAY_USER_ID" or "ALIPAY_LOGON_ID"))
            return "payee_info.identity_type";
        return Name.Length == 0 && !IsByNumber ? "payee_info.name" : null;
    }

    // everybody whose account looks like one has one
    private bool IsAccount()
    {
        var isDigits = Identity.All(char.IsAsciiDigit);
        return IsByNumber
            ? isDigits && Identity.Length == 16 && Identity.StartsWith("2088", StringComparison.Ordinal)
            : (isDigits && Identity.Length == 11) || (Identity.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < Identity.Length - 1);
    }
}

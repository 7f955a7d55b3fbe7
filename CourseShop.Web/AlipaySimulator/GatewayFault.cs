using System.Text.Json.Nodes;

namespace CourseShop.AlipaySimulator;

/// <summary>Why the gateway refuses, in Alipay's words.</summary>
/// <param name="Code">40001, 40002, 40004.</param>
/// <param name="Msg">What the code says.</param>
/// <param name="SubCode">Such as isv.invalid-signature or ACQ.TRADE_NOT_EXIST.</param>
/// <param name="SubMsg">For people.</param>
/// <param name="IsSigned">Alipay doesn't sign what it tells an app it doesn't know.</param>
public sealed record GatewayFault(string Code, string Msg, string SubCode, string SubMsg, bool IsSigned = true)
{
    /// <summary>A common parameter is missing.</summary>
    public static GatewayFault Missing(string what, string sentence) => new("40001", "Missing Required Arguments", $"isv.missing-{what}", sentence);

    /// <summary>A common parameter is wrong.</summary>
    public static GatewayFault Invalid(string what, string sentence) => new("40002", "Invalid Arguments", $"isv.{what}", sentence);

    /// <summary>The business says no.</summary>
    public static GatewayFault Business(string what, string sentence) => new("40004", "Business Failed", $"ACQ.{what}", sentence);

    /// <summary>The business of transfers and bills says no: their codes have no prefix.</summary>
    public static GatewayFault Plain(string what, string sentence) => new("40004", "Business Failed", what, sentence);

    /// <summary>A field of biz_content is wrong.</summary>
    public static GatewayFault Field(string name) => Business("INVALID_PARAMETER", $"参数有误：{name}");

    /// <summary>No such trade, or not yet.</summary>
    public static readonly GatewayFault TradeNotExist = Business("TRADE_NOT_EXIST", "交易不存在");

    /// <summary>The time for refunds is over.</summary>
    public static readonly GatewayFault TradeHasFinished = Business("TRADE_HAS_FINISHED", "交易已完结");

    /// <summary>Alipay doesn't say whether it was done.</summary>
    public static readonly GatewayFault SystemError = Business("SYSTEM_ERROR", "系统繁忙");

    /// <summary>The code as the page for the customer shows it, without Alipay's prefixes.</summary>
    public string ShownCode => SubCode[(SubCode.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>As a node of an answer.</summary>
    public JsonObject ToNode() => new() { ["code"] = Code, ["msg"] = Msg, ["sub_code"] = SubCode, ["sub_msg"] = SubMsg };
}

using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's way of sending money to an account, and of telling what became of it. Its codes have no ACQ prefix.</summary>
public static class AlipayTransfer
{
    /// <summary>Less is refused: 10 fen.</summary>
    public static readonly Money Least = new(10);

    /// <summary>More is refused.</summary>
    public static readonly Money Most = Money.Yuan(100_000_000);

    /// <summary>From here on a remark is obligatory.</summary>
    public static readonly Money NeedsRemarkFrom = Money.Yuan(50_000);

    private const int LongestNumber = 64;
    private const int LongestTitle = 128;
    private const int LongestRemark = 200;
    private const string Product = "TRANS_ACCOUNT_NO_PWD";
    private const string Scene = "DIRECT_TRANSFER";

    private static readonly string[] BalanceTooLow = ["BALANCE_IS_NOT_ENOUGH", "PAYER_BALANCE_NOT_ENOUGH"];
    private static readonly string[] WrongPayee = ["PAYEE_NOT_EXIST", "PAYEE_USER_INFO_ERROR", "PAYEE_ACC_OCUPIED"];
    private static readonly string[] Definite = ["EXCEED_LIMIT_SM_AMOUNT", "EXCEED_LIMIT_SM_MIN_AMOUNT", "MEMO_REQUIRED_IN_TRANSFER_ERROR", "REMARK_HAS_SENSITIVE_WORD"];

    /// <summary>Sends money. Throws for what Alipay would refuse whatever its state: the number, the amount, a payee without a name or account, a missing remark.</summary>
    public static AlipayCall<GatewayTransfer> Of(TransferRequest request)
    {
        if (Problem(request) is { } problem)
            throw new ArgumentException(problem, nameof(request));

        var content = Named(request.TransferNumber);
        content["trans_amount"] = request.Amount.ToYuan();
        content["order_title"] = AlipaySubject.Clean(request.Title, LongestTitle) is { Length: > 0 } title ? title : request.TransferNumber;
        content["payee_info"] = Payee(request.Payee);
        if (AlipaySubject.Clean(request.Remark, LongestRemark) is { Length: > 0 } remark)
            content["remark"] = remark;
        return new("alipay.fund.trans.uni.transfer", content, Read) { RefusalOf = RefusalOf };
    }

    /// <summary>Asks what became of a transfer.</summary>
    public static AlipayCall<GatewayTransfer> Query(string transferNumber) => new("alipay.fund.trans.common.query", Named(transferNumber), Read) { RefusalOf = RefusalOf };

    private static string? Problem(TransferRequest request)
    {
        if (request.Amount < Least || request.Amount > Most)
            return "Alipay transfers 0.10 to 100,000,000 yuan.";
        if (request.Payee.Account.Length == 0 || (request.Payee.Kind == PayeeKind.SignInName && string.IsNullOrWhiteSpace(request.Payee.RealName)))
            return "A payee has an account, and one who is named by a sign-in name also a real name.";
        return request.Amount >= NeedsRemarkFrom && string.IsNullOrWhiteSpace(request.Remark) ? "From 50,000 yuan on Alipay wants a remark." : null;
    }

    private static JsonObject Named(string transferNumber)
    {
        if (transferNumber.Length is 0 or > LongestNumber || !transferNumber.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("An out_biz_no has 1 to 64 letters, digits and underscores.", nameof(transferNumber));
        return new() { ["out_biz_no"] = transferNumber, ["product_code"] = Product, ["biz_scene"] = Scene };
    }

    private static JsonObject Payee(TransferPayee payee)
    {
        var info = new JsonObject { ["identity"] = payee.Account, ["identity_type"] = payee.Kind == PayeeKind.UserId ? "ALIPAY_USER_ID" : "ALIPAY_LOGON_ID" };
        if (!string.IsNullOrWhiteSpace(payee.RealName))
            info["name"] = payee.RealName.Trim();
        return info;
    }

    private static GatewayAnswer<GatewayTransfer> Read(AlipayAnswer answer)
    {
        var when = answer["trans_date"] ?? answer["pay_date"];
        if (!ChinaTime.TryParseAlipay(when, out var at) && when is not null)
            return new(GatewayVerdict.Unknown, Code: "the time of transfer is none");
        return StatusOf(answer["status"]) is { } status
            ? new(GatewayVerdict.Yes, new(status, answer["order_id"], when is null ? null : at, AlipayCodes.Harmless(answer["error_code"])))
            : new(GatewayVerdict.Unknown, Code: "status is missing or unknown");
    }

    private static TransferStatus? StatusOf(string? status) => status switch
    {
        "SUCCESS" => TransferStatus.Done,
        "FAIL" => TransferStatus.Failed,
        "DEALING" => TransferStatus.UnderWay,
        "REFUND" => TransferStatus.Returned,
        _ => null,
    };

    private static GatewayRefusal? RefusalOf(string code) => code switch
    {
        _ when AlipayCodes.IsOneOf(code, BalanceTooLow) => GatewayRefusal.SellerBalanceNotEnough,
        _ when AlipayCodes.IsOneOf(code, WrongPayee) => GatewayRefusal.PayeeWrong,
        _ when AlipayCodes.IsOneOf(code, Definite) => GatewayRefusal.TransferNotPossible,
        _ when code.Contains("PAYMENT_INFO_INCONSISTENCY", StringComparison.Ordinal) => GatewayRefusal.TransferDiffers,
        _ when code.Contains("ORDER_NOT_EXIST", StringComparison.Ordinal) => GatewayRefusal.TransferNotExist,
        _ => null,
    };
}

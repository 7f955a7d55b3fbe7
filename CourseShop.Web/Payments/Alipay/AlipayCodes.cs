namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's codes. They have typos and missing prefixes in the wild (<c>AQC.SYSTEM_ERROR</c>, <c>TRADE_NOT_EXIST</c>), so they are looked for, not compared.</summary>
public static class AlipayCodes
{
    private static readonly string[] WrongStatus = ["TRADE_STATUS_ERROR", "REASON_TRADE_STATUS_INVALID", "REASON_ILLEGAL_STATUS", "TRADE_HAS_"];

    /// <summary>What a signed no means.</summary>
    /// <param name="code">The sub_code, else the code.</param>
    /// <param name="ofFamily">What the calls of one family say first; null for codes that mean the same everywhere.</param>
    public static GatewayRefusal RefusalOf(string? code, Func<string, GatewayRefusal?> ofFamily) => code switch
    {
        null => GatewayRefusal.Other,
        _ when ofFamily(code) is { } refusal => refusal,
        _ when code.Contains("TRADE_NOT_EXIST", StringComparison.Ordinal) => GatewayRefusal.TradeNotExist,
        _ when IsOneOf(code, WrongStatus) => GatewayRefusal.TradeStatusWrong,
        _ => GatewayRefusal.Other,
    };

    /// <summary>Whether a code holds one of these words.</summary>
    public static bool IsOneOf(string code, string[] words) => Array.Exists(words, word => code.Contains(word, StringComparison.Ordinal));

    /// <summary>A code as it may stand in logs and pages: an unsigned one may come from anybody.</summary>
    public static string? Harmless(string? code) => code is null ? null : string.Concat(code.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(64));
}

using System.Text.Json.Nodes;

namespace CourseShop.Payments.Alipay;

/// <summary>A question to Alipay's server API, and how its answer is to be understood.</summary>
/// <typeparam name="T">What a yes carries.</typeparam>
/// <param name="Method">Alipay's name of it, such as alipay.trade.query.</param>
/// <param name="Content">biz_content: texts, amounts as yuan with two decimals.</param>
/// <param name="ReadYes">Reads an answer that was verified, says 10000, and is about what was asked.</param>
public sealed record AlipayCall<T>(string Method, JsonObject Content, Func<AlipayAnswer, GatewayAnswer<T>> ReadYes)
{
    private static readonly string[] Numbers = ["out_trade_no", "trade_no", "out_request_no", "out_biz_no"];

    /// <summary>What this family's codes mean where they say no; null for those that mean the same everywhere.</summary>
    public Func<string, GatewayRefusal?> RefusalOf { get; init; } = _ => null;

    /// <summary>A yes may name none of the numbers that were asked about; it may never name others.</summary>
    public bool MayBeBare { get; init; }

    /// <summary>Our number in the question, for the log; empty where there is none.</summary>
    public string Number => Text("out_trade_no") ?? Text("out_biz_no") ?? "";

    /// <summary>Yes, no or unknown. Whatever is not a signed yes or a signed no, about the number that was asked, is unknown.</summary>
    public GatewayAnswer<T> Judge(AlipayAnswer answer)
    {
        var code = AlipayCodes.Harmless(answer.SubCode ?? answer.Code);
        var contradicts = Array.Exists(Numbers, name => answer[name] is { } named && Text(name) is { } asked && named != asked);
        return answer.Outcome switch
        {
            AlipayOutcome.Ok when !contradicts && (MayBeBare || NamesWhatWasAsked(answer)) => ReadYes(answer),
            AlipayOutcome.BusinessError when !contradicts => new(GatewayVerdict.No, Refusal: AlipayCodes.RefusalOf(code, RefusalOf), Code: code),
            AlipayOutcome.Ok or AlipayOutcome.BusinessError => new(GatewayVerdict.Unknown, Code: "answer about another trade"),
            AlipayOutcome.UnsignedError => new(GatewayVerdict.Unknown, Code: $"unsigned {code}"),
            AlipayOutcome.Unknown => new(GatewayVerdict.Unknown, Code: code),
            _ => new(GatewayVerdict.Unknown, Code: "no answer of Alipay's"),
        };
    }

    /// <summary>The trade or the transfer; a refund's own number is told by its query only.</summary>
    private bool NamesWhatWasAsked(AlipayAnswer answer) =>
        Array.TrueForAll(Numbers, name => name == "out_request_no" || Text(name) is null || answer[name] is not null);

    private string? Text(string name) => Content[name]?.GetValue<string>();
}

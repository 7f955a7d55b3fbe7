using System.Text;
using System.Text.Json;

namespace CourseShop.Payments.Alipay;

/// <summary>How far an answer of the server API can be believed, and what it says.</summary>
public enum AlipayOutcome
{
    /// <summary>Signed, code 10000: done or found.</summary>
    Ok,

    /// <summary>Signed: refused, <see cref="AlipayAnswer.SubCode"/> tells why.</summary>
    BusinessError,

    /// <summary>Signed: Alipay itself does not know (20000, SYSTEM_ERROR, 10003): ask again.</summary>
    Unknown,

    /// <summary>An error that nobody signed: a hint for people, never final.</summary>
    UnsignedError,

    /// <summary>No answer of Alipay: broken, forged, or to another question.</summary>
    Reject,
}

/// <summary>A server answer after its signature was checked on the raw text.</summary>
public sealed class AlipayAnswer
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly IReadOnlyDictionary<string, string> fields;

    private AlipayAnswer(AlipayOutcome outcome, IReadOnlyDictionary<string, string> fields)
    {
        Outcome = outcome;
        this.fields = fields;
    }

    /// <summary>What the answer amounts to.</summary>
    public AlipayOutcome Outcome { get; }

    /// <summary>Alipay's code such as 10000 or 40004; null where rejected.</summary>
    public string? Code => this["code"];

    /// <summary>Alipay's sub_code such as ACQ.TRADE_NOT_EXIST.</summary>
    public string? SubCode => this["sub_code"];

    /// <summary>A field of the node as text (numbers and objects raw), or null where it is absent or empty.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Reads and verifies the answer to a method. Never throws for what came.</summary>
    /// <param name="body">Raw bytes.</param>
    /// <param name="method">What was called, such as alipay.trade.query.</param>
    /// <param name="keys">Alipay's keys.</param>
    /// <param name="charset">Of the request and so of its answer; UTF-8 if null.</param>
    public static AlipayAnswer Read(ReadOnlySpan<byte> body, string method, AlipayKeyRing keys, Encoding? charset = null)
    {
        charset ??= AlipayCharset.Utf8;
        try
        {
            if (AlipayEnvelope.Open(charset.GetString(body), method) is not { } envelope)
                return new(AlipayOutcome.Reject, Nothing);
            var isSigned = envelope.Sign is not null;
            if (isSigned && !IsGenuine(envelope, keys, charset))
                return new(AlipayOutcome.Reject, Nothing);

            var node = envelope.Fields(); // of no object (an encrypted node is a text) throws: we never asked for such an answer
            var outcome = OutcomeOf(node, isSigned, envelope.IsError);
            return new(outcome, outcome == AlipayOutcome.Reject ? Nothing : node);
        }
        catch (Exception exception) when (exception is DecoderFallbackException or EncoderFallbackException or JsonException or InvalidOperationException)
        {
            return new(AlipayOutcome.Reject, Nothing);
        }
    }

    // the official SDKs also accept signatures over the text with unescaped slashes
    private static bool IsGenuine(AlipayEnvelope envelope, AlipayKeyRing keys, Encoding charset) =>
        keys.IsGenuine(charset.GetBytes(envelope.Node), envelope.Sign)
        || (envelope.Node.Contains("\\/", StringComparison.Ordinal)
            && keys.IsGenuine(charset.GetBytes(envelope.Node.Replace("\\/", "/", StringComparison.Ordinal)), envelope.Sign));

    private static AlipayOutcome OutcomeOf(IReadOnlyDictionary<string, string> node, bool isSigned, bool isError)
    {
        var isSuccess = node.GetValueOrDefault("code") == "10000";
        if (node.GetValueOrDefault("code") is not { Length: > 0 } code || (isSuccess && (isError || !isSigned)))
            return AlipayOutcome.Reject;
        if (isSuccess)
            return AlipayOutcome.Ok;
        if (!isSigned)
            return AlipayOutcome.UnsignedError;

        var isUnknown = code is "20000" or "10003" || node.GetValueOrDefault("sub_code", "").Contains("SYSTEM_ERROR", StringComparison.Ordinal);
        return isUnknown ? AlipayOutcome.Unknown : AlipayOutcome.BusinessError;
    }
}

using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Checks the section <c>Alipay</c> and its keys when the shop starts: one sentence for each setting that is wrong.</summary>
public sealed class AlipayOptionsCheck(bool isProduction, TimeProvider clock) : IValidateOptions<AlipayOptions>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AlipayOptions options)
    {
        var wrong = Wrong(options).ToList();
        if (wrong.Count == 0 && KeysAreWrong(options) is { } sentence)
            wrong.Add(sentence);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Wrong(AlipayOptions options)
    {
        if (options.Mode is not { } mode || !Enum.IsDefined(mode))
            yield return "Alipay:Mode is missing: say PublicKey or Certificate.";
        else if (mode == AlipayMode.Simulator && isProduction)
            yield return "Alipay:Mode is Simulator: Production takes no play money, say PublicKey or Certificate.";
        else if (mode == AlipayMode.Simulator && !IsOwnPath(options.GatewayUrl))
            yield return "Alipay:GatewayUrl must be a path of the shop itself, such as /alipay-simulator/gateway.do, while Alipay:Mode is Simulator.";
        else if (mode is AlipayMode.PublicKey or AlipayMode.Certificate && !IsHttps(options.GatewayUrl))
            yield return "Alipay:GatewayUrl must be an absolute https address without a query, such as https://openapi.alipay.com/gateway.do.";

        if (!IsDigits(options.AppId) || options.AppId.Length > 32)
            yield return "Alipay:AppId is missing or not a number: it is the app_id that Alipay shows for the app.";
        if (!IsDigits(options.SellerId) || options.SellerId.Length != 16)
            yield return "Alipay:SellerId is missing or not a number of 16 digits: it is the payee's PID and begins with 2088.";
        if (!Enum.IsDefined(options.SignType))
            yield return "Alipay:SignType must be RSA2 (or RSA for an old app).";
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTimeout)
            yield return "Alipay:Timeout must be more than nothing and at most two minutes, such as 00:00:15.";
    }

    private string? KeysAreWrong(AlipayOptions options)
    {
        try
        {
            AlipayKeyRing.Load(options, isProduction, clock.GetUtcNow()).Dispose();
            return null;
        }
        catch (AlipayKeyException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsDigits(string? text) => !string.IsNullOrEmpty(text) && text.All(char.IsAsciiDigit);

    // "//host" and "/\host" are addresses of somebody else
    private static bool IsOwnPath(string url) => url.StartsWith('/') && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Contains('?', StringComparison.Ordinal);

    private static bool IsHttps(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address is { Query: "", Fragment: "", UserInfo: "" };
}

using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>The character sets of Alipay's messages (field charset). All are strict: bytes that mean nothing throw a <see cref="DecoderFallbackException"/>.</summary>
public static class AlipayCharset
{
    /// <summary>What the shop's own requests use, and so the answers to them.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8 where nothing is named; GBK (also for gb2312, its subset) and GB18030; null for any other name.</summary>
    public static Encoding? Find(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "UTF-8" or "UTF8" => Utf8,
        "GBK" or "GB2312" => Strict(936),
        "GB18030" => Strict(54936),
        _ => null,
    };

    private static Encoding? Strict(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}

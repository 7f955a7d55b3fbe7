using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>A certificate's name as Alipay hashes it: RFC 2253, the most specific part first, a comma without a blank between parts.</summary>
internal static class CertificateName
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["0.9.2342.19200300.100.1.1"] = "UID",
        ["0.9.2342.19200300.100.1.25"] = "DC",
    };

    /// <summary>The framework's own text has blanks, writes S for ST and quotes what RFC 2253 escapes.</summary>
    internal static string Rfc2253(X500DistinguishedName name) => string.Join(',', name.EnumerateRelativeDistinguishedNames(reversed: true).Select(Part));

    private static string Part(X500RelativeDistinguishedName part)
    {
        var pairs = new AsnReader(part.RawData, AsnEncodingRules.BER).ReadSetOf(skipSortOrderValidation: true);
        var texts = new List<string>();
        while (pairs.HasData)
        {
            var pair = pairs.ReadSequence();
            texts.Add(Pair(pair.ReadObjectIdentifier(), pair.ReadEncodedValue()));
        }
        return string.Join('+', texts);
    }

    private static string Pair(string type, ReadOnlyMemory<byte> value) =>
        Keywords.TryGetValue(type, out var keyword) && Text(value) is { } text ? $"{keyword}={Escaped(text)}" : $"{type}=#{Convert.ToHexStringLower(value.Span)}";

    private static string? Text(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.BER);
        var tag = (UniversalTagNumber)reader.PeekTag().TagValue;
        return tag is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.BMPString
            or UniversalTagNumber.TeletexString or UniversalTagNumber.NumericString or UniversalTagNumber.VisibleString
            ? reader.ReadCharacterString(tag)
            : null;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isEdge = (i == 0 && text[i] is ' ' or '#') || (i == text.Length - 1 && text[i] == ' ');
            if (isEdge || text[i] is ',' or '+' or '"' or '\\' or '<' or '>' or ';')
                escaped.Append('\\');
            escaped.Append(text[i]);
        }
        return escaped.ToString();
    }
}

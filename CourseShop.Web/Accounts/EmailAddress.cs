using System.Globalization;
using System.Net.Mail;
using CourseShop.Common;

namespace CourseShop.Accounts;

/// <summary>邮箱. Two spellings of one address (case, full width, internationalised domain) are the same address.</summary>
public sealed record EmailAddress
{
    public const int Longest = 254;

    private EmailAddress(string text) => Text = text;

    public string Text { get; }

    /// <summary>What makes two addresses the same. Identity's own normalised form.</summary>
    public string Key => Text.ToUpperInvariant();

    public static Outcome<EmailAddress> Read(string? typed)
    {
        var wrong = new Refusal("邮箱填写得不对，请检查");
        if (typed is null or { Length: > Longest } || !PlainText.TryNormalise(typed, out var text) || !PlainText.IsVisible(text))
            return wrong;
        if (!MailAddress.TryCreate(text, out var mail) || mail.Address != text || mail.User.Length > 64 || !mail.Host.Contains('.', StringComparison.Ordinal))
            return wrong;
        return TryReadDomain(mail.Host) is { } domain ? new EmailAddress($"{mail.User}@{domain}") : wrong;
    }

    public override string ToString() => Text;

    private static string? TryReadDomain(string host)
    {
        try
        {
            return new IdnMapping().GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

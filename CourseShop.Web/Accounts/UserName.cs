using System.Text;
using CourseShop.Common;

namespace CourseShop.Accounts;

/// <summary>用户名: what one signs in with and others see. Never an address (no @) nor a number (not all digits), so that it is told from both.</summary>
public sealed record UserName
{
    public const int Shortest = 2;
    public const int Longest = 20;

    private UserName(string text) => Text = text;

    public string Text { get; }

    /// <summary>What makes two names the same: case does not matter. Identity's own normalised form.</summary>
    public string Key => Text.ToUpperInvariant();

    public static Outcome<UserName> Read(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return new Refusal("请填写用户名");
        if (typed.Length > 200 || !PlainText.TryNormalise(typed, out var text))
            return new Refusal("用户名需要 {0} 到 {1} 个字符", Shortest, Longest);
        if (!PlainText.IsVisible(text))
            return new Refusal("用户名里不能有空格或看不见的字符");
        if (text.EnumerateRunes().Count() is < Shortest or > Longest)
            return new Refusal("用户名需要 {0} 到 {1} 个字符", Shortest, Longest);
        if (text.Contains('@', StringComparison.Ordinal))
            return new Refusal("用户名不能有 @");
        if (text.EnumerateRunes().All(Rune.IsDigit))
            return new Refusal("用户名不能全是数字");
        return new UserName(text);
    }

    public override string ToString() => Text;
}

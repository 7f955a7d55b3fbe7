using CourseShop.Common;

namespace CourseShop.Accounts;

/// <summary>A password somebody chooses: long enough, and not one that everybody tries first. What it is made of is its owner's business.</summary>
public sealed record NewPassword
{
    public const int Shortest = 8;
    public const int Longest = 128;

    private NewPassword(string text) => Text = text;

    public string Text { get; }

    public static Outcome<NewPassword> Read(string? typed, string? userName)
    {
        if (string.IsNullOrEmpty(typed))
            return new Refusal("请填写密码");
        if (typed.Length < Shortest)
            return new Refusal("密码至少 {0} 个字符", Shortest);
        if (typed.Length > Longest)
            return new Refusal("密码最多 {0} 个字符", Longest);
        if (string.Equals(typed, userName, StringComparison.OrdinalIgnoreCase))
            return new Refusal("密码不能和用户名一样");
        if (typed.Distinct().Count() < 3 || CommonPasswords.Contain(typed))
            return new Refusal("这个密码太常见，很容易被猜到，请换一个");
        return new NewPassword(typed);
    }

    /// <summary>Never the password itself: this might be logged.</summary>
    public override string ToString() => "***";
}

using CourseShop.Common;

namespace CourseShop.Accounts;

/// <summary>How often one may be wrong.</summary>
public static class SignInRules
{
    public const int WrongPasswordsAllowed = 5;

    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(5);

    /// <summary>The sentence of a locked account, and of a name that does not exist but was tried as often.</summary>
    public static readonly Refusal LockedOut = new("密码连续输错 {0} 次，账户已暂时锁定，请 {1} 分钟后再试", WrongPasswordsAllowed, (int)LockoutTime.TotalMinutes);

    /// <summary>Does not tell which of the two was wrong.</summary>
    public static readonly Refusal Wrong = new("用户名或密码不对。连续输错 {0} 次，账户会锁定 {1} 分钟", WrongPasswordsAllowed, (int)LockoutTime.TotalMinutes);
}

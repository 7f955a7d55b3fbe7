using CourseShop.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace CourseShop.Accounts;

/// <summary>What Identity says, in the reader's language.</summary>
public sealed class IdentityWords(IStringLocalizer<Words> words) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError), "没有做成，请再试一次");
    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "刚刚有人改过，请重新打开这一页");
    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "密码不对");
    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "这个链接已经用过或已过期，请重新获取");
    public override IdentityError RecoveryCodeRedemptionFailed() => Say(nameof(RecoveryCodeRedemptionFailed), "恢复码不对，或已经用过");
    public override IdentityError LoginAlreadyAssociated() => Say(nameof(LoginAlreadyAssociated), "这个登录方式已经属于另一个账户");
    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "用户名填写得不对，请检查");
    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), "邮箱填写得不对，请检查");
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), "这个用户名已经有人用了，请换一个");
    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), "邮箱填写得不对，请检查"); // never that somebody has it
    public override IdentityError InvalidRoleName(string? role) => Say(nameof(InvalidRoleName), "没有这个角色");
    public override IdentityError DuplicateRoleName(string role) => Say(nameof(DuplicateRoleName), "已经有这个角色了");
    public override IdentityError UserAlreadyHasPassword() => Say(nameof(UserAlreadyHasPassword), "这个账户已经有密码了");
    public override IdentityError UserLockoutNotEnabled() => Say(nameof(UserLockoutNotEnabled), "这个账户不能锁定");
    public override IdentityError UserAlreadyInRole(string role) => Say(nameof(UserAlreadyInRole), "已经有这个角色了");
    public override IdentityError UserNotInRole(string role) => Say(nameof(UserNotInRole), "没有这个角色");
    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), "密码至少 {0} 个字符", length);
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), "这个密码太常见，很容易被猜到，请换一个");
    public override IdentityError PasswordRequiresNonAlphanumeric() => DefaultError(); // not asked for
    public override IdentityError PasswordRequiresDigit() => DefaultError();
    public override IdentityError PasswordRequiresLower() => DefaultError();
    public override IdentityError PasswordRequiresUpper() => DefaultError();

    private IdentityError Say(string code, string key, params object[] arguments) => new() { Code = code, Description = words[key, arguments] };
}

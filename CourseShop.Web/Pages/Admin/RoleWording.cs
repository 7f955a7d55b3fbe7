using CourseShop.Accounts;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>Roles in words, and what each lets somebody do.</summary>
public static class RoleWording
{
    extension(IStringLocalizer words)
    {
        public string Role(string role) => role switch
        {
            Roles.Admin => words["管理员"],
            Roles.Finance => words["财务"],
            Roles.Editor => words["内容编辑"],
            Roles.Support => words["客服"],
            _ => words["文章作者"],
        };

        public string May(string role) => role switch
        {
            Roles.Admin => words["什么都可以做，也管角色"],
            Roles.Finance => words["退款、对账、提现"],
            Roles.Editor => words["撤下文章，隐藏评论"],
            Roles.Support => words["看后台，不动钱"],
            _ => words["写文章，收赞赏"],
        };
    }
}

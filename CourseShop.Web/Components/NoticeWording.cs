using CourseShop.Messaging;
using Microsoft.Extensions.Localization;

namespace CourseShop.Components;

/// <summary>Notices in words.</summary>
public static class NoticeWording
{
    extension(IStringLocalizer words)
    {
        public string Tell(NoticeKind kind, IReadOnlyList<string> arguments)
        {
            object[] places = [.. arguments];
            return kind switch
            {
                NoticeKind.NewArticle => words["{0} 发布了新文章《{1}》", places],
                NoticeKind.Comment => words["{0} 评论了您的文章《{1}》", places],
                NoticeKind.Answer => words["{0} 在《{1}》里回复了您", places],
                NoticeKind.Follower => words["{0} 关注了您", places],
                NoticeKind.Tip when arguments[0].Length == 0 => words["有读者匿名赞赏了您的文章《{2}》：{1}", places],
                NoticeKind.Tip => words["{0} 赞赏了您的文章《{2}》：{1}", places],
                NoticeKind.TipTakenBack => words["《{1}》收到的一笔赞赏已退回给读者：{0}", places],
                NoticeKind.WithdrawalPaid => words["提现 {0} 已到账", places],
                NoticeKind.WithdrawalReturned => words["提现 {0} 没有成功，钱已退回余额，点开看原因", places],
                NoticeKind.ArticleRestored => words["您的文章《{0}》已经恢复", places],
                _ => words["您的文章《{0}》被管理员撤下：{1}", places],
            };
        }
    }
}

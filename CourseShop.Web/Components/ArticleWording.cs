using CourseShop.Publishing;
using Microsoft.Extensions.Localization;

namespace CourseShop.Components;

/// <summary>Articles in words.</summary>
public static class ArticleWording
{
    extension(IStringLocalizer words)
    {
        public string State(ArticleStatus status) => status switch
        {
            ArticleStatus.Draft => words["草稿"],
            ArticleStatus.Published => words["已发布"],
            _ => words["已撤回"],
        };

        /// <summary>A draft may not have a title yet.</summary>
        public string TitleOf(string title) => title.Length > 0 ? title : words["（还没有标题）"];
    }

    public static string Tone(this ArticleStatus status) => status switch
    {
        ArticleStatus.Draft => "amber",
        ArticleStatus.Published => "jade",
        _ => "plain",
    };
}

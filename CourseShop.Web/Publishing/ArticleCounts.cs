using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>The numbers that stand beside an article, moved in the unit that changes what they count.</summary>
internal static class ArticleCounts
{
    private const int HeatOfLike = 10;
    private const int HeatOfComment = 5;

    public static Task MoveAsync(this ShopDb unit, long articleId, CancellationToken stop, int reads = 0, int likes = 0, int comments = 0)
    {
        var heat = reads + (likes * HeatOfLike) + (comments * HeatOfComment);
        return unit.Articles.Where(article => article.Id == articleId).ExecuteUpdateAsync(set => set
            .SetProperty(article => article.Reads, article => article.Reads + reads)
            .SetProperty(article => article.Likes, article => article.Likes + likes)
            .SetProperty(article => article.Comments, article => article.Comments + comments)
            .SetProperty(article => article.Heat, article => article.Heat + heat), stop);
    }
}

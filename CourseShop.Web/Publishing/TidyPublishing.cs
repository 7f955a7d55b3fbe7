using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Publishing;

/// <summary>Clears away what was left half done: uploads that broke off, marks of reads that no longer matter; and tells followers who were not told.</summary>
public sealed class TidyPublishing(ShopDb db, ShopWriter writer, PictureStore store, TellFollowers tell, TimeProvider clock)
{
    private static readonly TimeSpan UploadTakes = TimeSpan.FromHours(1);
    private const int MarksKept = 2; // days

    public async Task RunAsync(CancellationToken stop)
    {
        var before = clock.GetUtcNow() - UploadTakes;
        var half = await db.ArticlePictures.Where(picture => !picture.IsStored && picture.UploadedAt < before).Select(picture => picture.Name).ToListAsync(stop);
        half.ForEach(store.Remove);
        if (half.Count > 0)
            await writer.RunAsync((unit, token) => unit.ArticlePictures.Where(picture => !picture.IsStored && half.Contains(picture.Name)).ExecuteDeleteAsync(token), stop);

        var day = clock.GetUtcNow().BeijingDay().AddDays(-MarksKept);
        if (await db.ArticleReads.AnyAsync(read => read.Day < day, stop))
            await writer.RunAsync((unit, token) => unit.ArticleReads.Where(read => read.Day < day).ExecuteDeleteAsync(token), stop);
        foreach (var article in await db.Articles.Published().Where(article => article.FollowersToldAt == null).Select(article => article.Id).ToListAsync(stop))
            await tell.RunAsync(article, stop);
    }
}

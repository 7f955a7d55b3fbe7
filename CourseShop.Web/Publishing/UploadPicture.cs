using System.Security.Cryptography;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>Takes a picture in: read, rewritten, named anew, and counted against what its author may keep. The row is there before the file, and says when the file is whole.</summary>
public sealed class UploadPicture(ShopWriter writer, PictureStore store, IOptions<PublishingOptions> options, TimeProvider clock)
{
    public async Task<Outcome<ArticlePicture>> RunAsync(long authorId, byte[] file, CancellationToken stop)
    {
        var read = PictureFile.Read(file);
        if (read.Refusal is { } why)
            return why;

        var picture = read.Value!;
        var name = $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}.{picture.Extension}";
        var begun = await writer.RunAsync((unit, token) => BeginAsync(unit, authorId, name, picture, token), stop);
        if (begun.Refusal is not null)
            return begun;
        await store.WriteAsync(name, picture.Bytes, stop);
        await writer.RunAsync((unit, token) => unit.ArticlePictures.Where(row => row.Name == name).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsStored, true), token), stop);
        return begun;
    }

    private async Task<Outcome<ArticlePicture>> BeginAsync(ShopDb unit, long authorId, string name, PictureFile file, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(authorId), stop);
        var most = (long)options.Value.PictureMegabytesPerAuthor << 20;
        var kept = await unit.ArticlePictures.OwnedBy(authorId).SumAsync(picture => (long)picture.Bytes, stop);
        if (kept + file.Bytes.Length > most)
            return new Refusal("您的图片已经存满 {0} MB，不能再传了", options.Value.PictureMegabytesPerAuthor);
        var picture = new ArticlePicture(authorId, name, file.Width, file.Height, file.Bytes.Length, clock.GetUtcNow());
        unit.ArticlePictures.Add(picture);
        await unit.SaveChangesAsync(stop);
        return picture;
    }
}

using System.Text.RegularExpressions;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Publishing;

/// <summary>The data folder's pictures: outside wwwroot, under names of the shop's own.</summary>
public sealed partial class PictureStore(IOptions<ShopOptions> shop)
{
    private const string Half = ".part";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
    };

    private readonly string _folder = Path.GetFullPath(Path.Combine(shop.Value.DataFolder, "pictures"));

    /// <summary>The file of that name; null where there is none, or where the name is none that the shop gives.</summary>
    public FileInfo? Find(string name) => OwnName().IsMatch(name) && new FileInfo(Path.Combine(_folder, name)) is { Exists: true } file ? file : null;

    public static string ContentType(FileInfo file) => Types[file.Extension];

    /// <summary>Whole or not at all: it has its name only once it is on disk.</summary>
    public async Task WriteAsync(string name, byte[] bytes, CancellationToken stop)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, name);
        await using (var file = new FileStream(path + Half, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(bytes, stop);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Half, path);
    }

    /// <summary>Removes a picture, also one that was only begun.</summary>
    public void Remove(string name)
    {
        if (!OwnName().IsMatch(name) || !Directory.Exists(_folder))
            return;
        File.Delete(Path.Combine(_folder, name));
        File.Delete(Path.Combine(_folder, name + Half));
    }

    [GeneratedRegex(@"^[0-9a-f]{32}\.(png|jpg|gif|webp)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnName();
}

using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Learning;

/// <summary>The data folder's media: what lessons play. Outside wwwroot, so that nothing is sent that was not asked for by a lesson.</summary>
public sealed class LessonMedia(IOptions<ShopOptions> shop)
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "video/mp4",
        [".m4v"] = "video/mp4",
        [".webm"] = "video/webm",
        [".mp3"] = "audio/mpeg",
        [".m4a"] = "audio/mp4",
        [".ogg"] = "audio/ogg",
    };

    private readonly string _folder = Path.GetFullPath(Path.Combine(shop.Value.DataFolder, "media"));

    /// <summary>The file of that name; null where there is none, or where the name is more than a name.</summary>
    public FileInfo? Find(string? name)
    {
        if (string.IsNullOrEmpty(name) || name[0] == '.' || name.IndexOfAny(['/', '\\', ':', '\0']) >= 0)
            return null;
        var file = new FileInfo(Path.Combine(_folder, name));
        return file.Exists && file.DirectoryName == _folder ? file : null;
    }

    /// <summary>By the extension, from a short list: what isn't on it is not played.</summary>
    public static string ContentType(FileInfo file) => Types.GetValueOrDefault(file.Extension, "application/octet-stream");
}

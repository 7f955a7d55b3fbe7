using CourseShop.Common;

namespace CourseShop.Publishing;

/// <summary>A picture as it came, told by its bytes and rewritten without what it says of its maker: no EXIF (but which way is up), no texts, no second picture behind the first.</summary>
/// <param name="Extension">png, jpg, gif or webp.</param>
/// <param name="Width">In pixels, as it is seen.</param>
/// <param name="Height">In pixels, as it is seen.</param>
/// <param name="Bytes">The rewritten file.</param>
public sealed record PictureFile(string Extension, int Width, int Height, byte[] Bytes)
{
    public const int MostBytes = 2 << 20;
    public const int LongestSide = 8_000;
    public const long MostPixels = 40_000_000;

    public static Outcome<PictureFile> Read(byte[] file)
    {
        if (file.Length == 0)
            return new Refusal("请先选一张图片");
        if (file.Length > MostBytes)
            return new Refusal("图片不能超过 {0} MB，请压缩以后再传", MostBytes >> 20);
        return Parse(file) switch
        {
            null => new Refusal("这个文件不是完整的 PNG、JPEG、GIF 或 WebP 图片"),
            { Width: < 1 } or { Height: < 1 } => new Refusal("这个文件不是完整的 PNG、JPEG、GIF 或 WebP 图片"),
            { Width: var width, Height: var height } when width > LongestSide || height > LongestSide || (long)width * height > MostPixels =>
                new Refusal("图片太大了：宽和高都不能超过 {0} 像素，一共不能超过 {1} 万像素", LongestSide, MostPixels / 10_000),
            { } picture => picture,
        };
    }

    private static PictureFile? Parse(byte[] file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFile.Read(file),
        [0xFF, 0xD8, 0xFF, ..] => JpegFile.Read(file),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => GifFile.Read(file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebPFile.Read(file),
        _ => null,
    };
}

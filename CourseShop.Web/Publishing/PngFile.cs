using System.Buffers.Binary;
using System.Text;

namespace CourseShop.Publishing;

/// <summary>PNG: a chain of chunks. Kept are those that draw; texts, times, EXIF and whatever stands behind the end are not.</summary>
internal static class PngFile
{
    private const int Signature = 8;
    private const int Around = 12; // length, type and checksum of a chunk

    private static readonly HashSet<string> Drawing = new(StringComparer.Ordinal)
    {
        "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "cICP", "acTL", "fcTL", "fdAT",
    };

    public static PictureFile? Read(byte[] file)
    {
        using var clean = new MemoryStream(file.Length);
        clean.Write(file, 0, Signature);
        int width = 0, height = 0;
        var hasPixels = false;
        for (var at = Signature; at <= file.Length - Around;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - Around)
                return null;
            var type = Encoding.Latin1.GetString(file, at + 4, 4);
            if (at == Signature)
            {
                if (type != "IHDR" || length != 13)
                    return null;
                (width, height) = (Side(file, at + 8), Side(file, at + 12));
            }

            hasPixels |= type == "IDAT";
            if (Drawing.Contains(type))
                clean.Write(file, at, (int)length + Around);
            if (type == "IEND")
                return hasPixels ? new("png", width, height, clean.ToArray()) : null;
            at += (int)length + Around;
        }

        return null;
    }

    private static int Side(byte[] file, int at) => (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)), int.MaxValue);
}

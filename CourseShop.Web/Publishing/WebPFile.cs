using System.Buffers.Binary;
using System.Text;

namespace CourseShop.Publishing;

/// <summary>WebP: a RIFF of chunks. EXIF, XMP and unknown chunks are left out, and the header no longer announces them.</summary>
internal static class WebPFile
{
    private const int Header = 12;
    private const int Around = 8;
    private const byte ExifAndXmp = 0x0C;

    private static readonly HashSet<string> Drawing = new(StringComparer.Ordinal) { "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP" };

    public static PictureFile? Read(byte[] file)
    {
        if (file.Length < Header || BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) > file.Length - 8)
            return null;
        using var clean = new MemoryStream(file.Length);
        clean.Write(file, 0, Header);
        (int Width, int Height)? size = null;
        var hasPicture = false;
        var end = 8 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4));
        for (var at = Header; at <= end - Around;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4));
            if (length > end - at - Around)
                return null;
            var type = Encoding.Latin1.GetString(file, at, 4);
            var chunk = file.AsSpan(at, Math.Min((int)(length + (length & 1)) + Around, end - at)).ToArray();
            size ??= Size(type, chunk.AsSpan(Around));
            if (size is null)
                return null;
            hasPicture |= type is "VP8 " or "VP8L" or "ANMF";
            if (type == "VP8X")
                chunk[Around] &= unchecked((byte)~ExifAndXmp);
            if (Drawing.Contains(type))
                clean.Write(chunk);
            at += chunk.Length;
        }

        if (!hasPicture || size is not { } found)
            return null;
        var bytes = clean.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length - 8);
        return new("webp", found.Width, found.Height, bytes);
    }

    /// <summary>By the first chunk; null where it is none that begins a picture.</summary>
    private static (int Width, int Height)? Size(string type, ReadOnlySpan<byte> content) => type switch
    {
        "VP8X" when content.Length >= 10 => (1 + (content[4] | content[5] << 8 | content[6] << 16), 1 + (content[7] | content[8] << 8 | content[9] << 16)),
        "VP8 " when content.Length >= 10 && content[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) =>
            (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF),
        "VP8L" when content.Length >= 5 && content[0] == 0x2F => Lossless(BinaryPrimitives.ReadUInt32LittleEndian(content[1..])),
        _ => null,
    };

    private static (int Width, int Height) Lossless(uint bits) => (1 + (int)(bits & 0x3FFF), 1 + (int)(bits >> 14 & 0x3FFF));
}

using System.Buffers.Binary;

namespace CourseShop.Publishing;

/// <summary>GIF: a screen, then blocks. Kept are pictures, their timing and how often they repeat; remarks and plain text are not.</summary>
internal static class GifFile
{
    private const int Screen = 13;
    private const int Descriptor = 10;
    private const byte Trailer = 0x3B;
    private const byte Picture = 0x2C;
    private const byte Extension = 0x21;
    private const byte Timing = 0xF9;
    private const byte Application = 0xFF;

    public static PictureFile? Read(byte[] file)
    {
        if (file.Length < Screen)
            return null;
        var at = Screen + Table(file[10]);
        if (at > file.Length)
            return null;
        using var clean = new MemoryStream(file.Length);
        clean.Write(file, 0, at);
        var hasPicture = false;
        while (at < file.Length)
        {
            var start = at;
            var isKept = true;
            switch (file[at])
            {
                case Trailer:
                    clean.WriteByte(Trailer);
                    return hasPicture ? new("gif", BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)), BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)), clean.ToArray()) : null;
                case Picture when at + Descriptor < file.Length:
                    hasPicture = true;
                    at = AfterBlocks(file, at + Descriptor + Table(file[at + 9]) + 1);
                    break;
                case Extension when at + 2 < file.Length:
                    isKept = file[at + 1] == Timing || (file[at + 1] == Application && Repeats(file, at + 2));
                    at = AfterBlocks(file, at + 2);
                    break;
                default:
                    return null;
            }

            if (at < 0)
                return null;
            if (isKept)
                clean.Write(file, start, at - start);
        }

        return null;
    }

    /// <summary>How long the table of colours is that these flags announce.</summary>
    private static int Table(byte flags) => (flags & 0x80) == 0 ? 0 : 3 * (2 << (flags & 7));

    private static bool Repeats(byte[] file, int at) => file.AsSpan(at).StartsWith("\u000bNETSCAPE2.0"u8) || file.AsSpan(at).StartsWith("\u000bANIMEXTS1.0"u8);

    /// <summary>What stands behind a chain of blocks; below 0 where it doesn't end.</summary>
    private static int AfterBlocks(byte[] file, int at)
    {
        while (at < file.Length)
        {
            if (file[at] == 0)
                return at + 1;
            at += file[at] + 1;
        }

        return -1;
    }
}

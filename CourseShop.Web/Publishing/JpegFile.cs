using System.Buffers.Binary;

namespace CourseShop.Publishing;

/// <summary>JPEG: segments behind markers, and scans. Of the application's segments only those that change colours are kept; of EXIF only which way is up.</summary>
internal static class JpegFile
{
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte Jfif = 0xE0;
    private const byte Exif = 0xE1;
    private const byte Colours = 0xE2;
    private const byte Adobe = 0xEE;
    private const byte Comment = 0xFE;
    private const ushort Orientation = 0x0112;

    public static PictureFile? Read(byte[] file)
    {
        using var body = new MemoryStream(file.Length);
        int width = 0, height = 0, turn = 1;
        var hasScan = false;
        for (var at = 2; at + 2 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++; // filling
                continue;
            }

            if (marker == End)
                return hasScan && width > 0 ? new("jpg", turn >= 5 ? height : width, turn >= 5 ? width : height, Join(turn, body)) : null;
            var length = at + 4 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2)) : 0;
            if (length < 2 || at + 2 + length > file.Length || marker is 0x00 or 0x01 or (>= 0xD0 and <= Start))
                return null;
            var segment = file.AsSpan(at, length + 2);
            if (IsFrame(marker))
            {
                if (length < 8 || width > 0)
                    return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            }

            if (marker == Exif && turn == 1)
                turn = ReadTurn(segment[4..]);
            if (IsKept(marker, segment[4..]))
                body.Write(segment);
            at += segment.Length;
            if (marker != Scan)
                continue;
            hasScan = true;
            var end = ScanEnd(file, at);
            body.Write(file, at, end - at);
            at = end;
        }

        return null;
    }

    /// <summary>SOF: every kind of frame, but not the tables that are numbered among them.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool IsKept(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        Jfif => content.StartsWith("JFIF\0"u8) && content.Length <= 14, // longer ones carry a small picture
        Colours => content.StartsWith("ICC_PROFILE\0"u8),
        Adobe => content.StartsWith("Adobe"u8),
        Comment or (>= 0xE0 and <= 0xEF) => false,
        _ => true,
    };

    /// <summary>Where the next marker stands that is neither a stuffed zero nor a restart.</summary>
    private static int ScanEnd(byte[] file, int from)
    {
        for (var at = from; at + 1 < file.Length; at++)
        {
            if (file[at] == 0xFF && file[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return file.Length;
    }

    /// <summary>1 to 8, as EXIF counts; 1 where nothing is said.</summary>
    private static int ReadTurn(ReadOnlySpan<byte> content)
    {
        if (content.Length < 14 || !content.StartsWith("Exif\0\0"u8))
            return 1;
        var tiff = content[6..];
        var isLittle = tiff[0] == (byte)'I';
        var at = Number32(tiff[4..], isLittle);
        if (at > tiff.Length - 2)
            return 1;
        var entries = Number16(tiff[(int)at..], isLittle);
        for (var entry = 0; entry < entries && at + 2 + ((entry + 1) * 12) <= tiff.Length; entry++)
        {
            var field = tiff[((int)at + 2 + (entry * 12))..];
            if (Number16(field, isLittle) == Orientation)
                return Number16(field[8..], isLittle) is >= 1 and <= 8 and var turn ? turn : 1;
        }

        return 1;
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static byte[] Join(int turn, MemoryStream body)
    {
        byte[] exif = turn == 1 ? [] :
        [
            0xFF, Exif, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0,
        ];
        return [0xFF, Start, .. exif, .. body.ToArray(), 0xFF, End];
    }
}

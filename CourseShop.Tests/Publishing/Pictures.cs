using System.Buffers.Binary;
using System.Text;

namespace CourseShop.Tests.Publishing;

/// <summary>Small pictures of every kind, each with a secret in its remarks.</summary>
public static class Pictures
{
    public const string Secret = "N31.2304E121.4737";

    /// <summary>One red pixel, as browsers read it; the header may say another size.</summary>
    public static byte[] Png(int width = 1, int height = 1)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("tEXt", Encoding.Latin1.GetBytes($"Comment\0{Secret}")), .. Chunk("eXIf", Encoding.Latin1.GetBytes(Secret)),
            .. Chunk("IDAT", Convert.FromHexString("789c63f8cfc0000003010100")), .. Chunk("IEND", []), .. Encoding.Latin1.GetBytes(Secret)];
    }

    /// <param name="turn">Which way is up, as EXIF says it.</param>
    public static byte[] Jpeg(int width = 640, int height = 480, byte turn = 1)
    {
        byte[] frame = [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0];
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0, .. Encoding.Latin1.GetBytes(Secret)];
        return [0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, exif), .. Segment(0xFE, Encoding.Latin1.GetBytes(Secret)), .. Segment(0xDB, new byte[65]),
            .. Segment(0xC0, frame), .. Segment(0xC4, new byte[20]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78, 0xFF, 0xD9, .. Encoding.Latin1.GetBytes(Secret)];
    }

    public static byte[] Gif() =>
    [
        .. "GIF89a"u8, 3, 0, 2, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, 0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0, 0x21, 0xFE, (byte)Secret.Length, .. Encoding.Latin1.GetBytes(Secret), 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 3, 0, 2, 0, 0, 2, 2, 0x44, 1, 0, 0x3B, .. Encoding.Latin1.GetBytes(Secret),
    ];

    public static byte[] WebP()
    {
        byte[] body = [.. Riff("VP8X", [0x0C, 0, 0, 0, 99, 0, 0, 49, 0, 0]), .. Riff("VP8L", [0x2F, 99, 0x40, 0x0C, 0, 7]), .. Riff("EXIF", Encoding.Latin1.GetBytes(Secret)), .. Riff("XMP ", Encoding.Latin1.GetBytes(Secret))];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length + 4);
        return [.. "RIFF"u8, .. size, .. "WEBP"u8, .. body];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.Latin1.GetBytes(type), .. content, .. Checksum([.. Encoding.Latin1.GetBytes(type), .. content])];
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var piece in bytes)
        {
            crc ^= piece;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~crc);
        return sum;
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Riff(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.Latin1.GetBytes(type), .. length, .. content, .. new byte[content.Length & 1]];
    }
}

using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>Reads a file that a setting names. What is wrong with it is an <see cref="AlipayKeyException"/> that begins with the setting and the path.</summary>
internal static class KeyFile
{
    private const long LongestFile = 64 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads text.</summary>
    /// <param name="setting">Its name.</param>
    /// <param name="path">Its value.</param>
    /// <param name="mustBePrivate">On Unix, the file must not be open to group or others.</param>
    /// <param name="read">Makes something of it, or refuses.</param>
    internal static T ReadText<T>(string setting, string path, bool mustBePrivate, Func<string, T> read) => Read(setting, path, mustBePrivate, bytes =>
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return read(reader.ReadToEnd());
    });

    /// <summary>Reads bytes.</summary>
    internal static T Read<T>(string setting, string path, bool mustBePrivate, Func<byte[], T> read)
    {
        try
        {
            return read(BytesOf(path, mustBePrivate));
        }
        catch (AlipayKeyException exception)
        {
            throw new AlipayKeyException($"{setting} ({path}) {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AlipayKeyException($"{setting} ({path}) can't be read: {exception.GetType().Name}.");
        }
    }

    private static byte[] BytesOf(string path, bool mustBePrivate)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new AlipayKeyException("names no file.");

        var file = new FileInfo(path);
        if (!file.Exists)
            throw new AlipayKeyException("is not there.");
        if (file.Length > LongestFile)
            throw new AlipayKeyException("is too long for a key file.");
        if (mustBePrivate && !OperatingSystem.IsWindows() && (file.UnixFileMode & Others) != UnixFileMode.None)
            throw new AlipayKeyException("is open to other users of this machine; run chmod 600 on it.");
        return File.ReadAllBytes(path);
    }
}

using System.Text;

namespace CourseShop.AlipaySimulator;

/// <summary>Files of the simulator: they stand there whole or not at all.</summary>
internal static class OwnFile
{
    /// <summary>For its owner only.</summary>
    internal const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>For everybody to read.</summary>
    internal const UnixFileMode Everybodys = Mine | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes a text over whatever stood there.</summary>
    internal static void Write(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;

        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}

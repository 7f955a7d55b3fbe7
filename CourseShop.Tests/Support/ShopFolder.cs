namespace CourseShop.Tests.Support;

/// <summary>Where things are: the repository, and a folder of a test's own that goes when the test does.</summary>
public sealed class ShopFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("courseshop-").FullName;

    public static string Repository { get; } = FindUp(AppContext.BaseDirectory);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // a file that is still open goes with the temporary folder
        }
    }

    private static string FindUp(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CourseShop.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from within the repository.");
    }
}

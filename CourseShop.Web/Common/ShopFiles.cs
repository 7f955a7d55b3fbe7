namespace CourseShop.Common;

/// <summary>Where the shop's own files are: beside the program when published, in the repository when run from source.</summary>
public static class ShopFiles
{
    /// <summary>The folder with appsettings.json and wwwroot: the working directory where it has them, else the program's own.</summary>
    public static string Root()
    {
        var here = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(here, "appsettings.json")) && Directory.Exists(Path.Combine(here, "wwwroot")) ? here : AppContext.BaseDirectory;
    }
}

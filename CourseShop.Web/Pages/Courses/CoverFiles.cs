using CourseShop.Common;
using Microsoft.Extensions.FileProviders;

namespace CourseShop.Pages.Courses;

/// <summary>
/// The courses' covers are files of the merchant, not of the program: what lies in the folder <c>covers</c> is served as it is, and one that is laid there
/// later is seen at once. As part of the program they would be three quarters of all the addresses that a start has to learn.
/// </summary>
public static class CoverFiles
{
    private const string Address = "/covers";

    public static void UseCovers(this WebApplication app)
    {
        var folder = Path.Combine(ShopFiles.Root(), "covers");
        if (Directory.Exists(folder))
            app.UseStaticFiles(new StaticFileOptions { RequestPath = Address, FileProvider = new PhysicalFileProvider(folder), OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "max-age=3600" });
    }
}

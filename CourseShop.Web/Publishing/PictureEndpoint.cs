namespace CourseShop.Publishing;

/// <summary>Sends an article's picture, as what it is. Its name is never used again, so that it may be kept for ever.</summary>
public static class PictureEndpoint
{
    public static void MapPictures(this IEndpointRouteBuilder app) => app.MapMethods("/pictures/{name}", [HttpMethods.Get, HttpMethods.Head], (string name, PictureStore store, HttpContext context) =>
    {
        if (store.Find(name) is not { } file)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.File(file.FullName, PictureStore.ContentType(file), lastModified: new DateTimeOffset(file.LastWriteTimeUtc), enableRangeProcessing: true);
    }).AllowAnonymous();
}

using System.Globalization;
using CourseShop.Accounts;
using Microsoft.Net.Http.Headers;

namespace CourseShop.Learning;

/// <summary>Sends a lesson's video to those who may learn it, in the ranges that a player asks for.</summary>
public static class MediaEndpoint
{
    public static string Address(long lessonId) => string.Create(CultureInfo.InvariantCulture, $"/media/lessons/{lessonId}");

    public static void MapLearning(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/lessons/{lessonId:long}", [HttpMethods.Get, HttpMethods.Head], SendAsync).AllowAnonymous();

    private static async Task<IResult> SendAsync(long lessonId, HttpContext context, CurrentShopper shopper, MayLearn mayLearn, NoteLessonOpened noteOpened, LessonMedia media)
    {
        var access = await mayLearn.RunAsync(lessonId, shopper.UserId, context.RequestAborted);
        if (access is { IsOpen: false })
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        if (media.Find(access?.MediaFile) is not { } file)
            return Results.NotFound();
        if (access is { IsEnrolled: true } && shopper.UserId is { } user)
            await noteOpened.RunAsync(user, access.CourseId, lessonId, context.RequestAborted);

        context.Response.Headers.CacheControl = "private, no-cache"; // kept by the browser, but asked for again: access may have ended
        var changed = new DateTimeOffset(file.LastWriteTimeUtc);
        var version = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{file.Length:x}-{changed.Ticks:x}\""));
        return Results.File(file.FullName, LessonMedia.ContentType(file), lastModified: changed, entityTag: version, enableRangeProcessing: true);
    }
}

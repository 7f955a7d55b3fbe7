using System.Net;
using System.Net.Http.Headers;
using CourseShop.Catalog;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Learning;

public sealed class MediaEndpointTests(ShopHost host) : IClassFixture<ShopHost>
{
    private readonly TimeSpan _day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_guest_gets_the_range_of_a_free_trial_that_was_asked_for()
    {
        var video = await FreeTrialAsync();

        var answer = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(100, 299));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal($"bytes 100-299/{video.Bytes.Length}", answer.Content.Headers.ContentRange!.ToString());
        Assert.Equal(video.Bytes[100..300], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("video/mp4", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task The_whole_is_sent_where_no_range_is_asked_for()
    {
        var video = await FreeTrialAsync();

        var answer = await SendAsync(host.NewShopper(), video.Id);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("bytes", answer.Headers.AcceptRanges.Single());
        Assert.Equal(video.Bytes, await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_last_bytes_can_be_asked_for_by_their_number()
    {
        var video = await FreeTrialAsync();

        var answer = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(null, 64));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(video.Bytes[^64..], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_that_begins_in_the_file_ends_with_it()
    {
        var video = await FreeTrialAsync();

        var answer = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(video.Bytes.Length - 10, video.Bytes.Length + 1000));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(video.Bytes[^10..], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_refused_with_the_length()
    {
        var video = await FreeTrialAsync();

        var answer = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(video.Bytes.Length, null));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal(video.Bytes.Length, answer.Content.Headers.ContentRange!.Length);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_of_another_version_gets_the_whole()
    {
        var video = await FreeTrialAsync();
        var version = (await SendAsync(host.NewShopper(), video.Id)).Headers.ETag!;

        var same = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(0, 9), version);
        var other = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(0, 9), new EntityTagHeaderValue("\"another\""));

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Asking_for_the_head_sends_no_bytes()
    {
        var video = await FreeTrialAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, MediaEndpoint.Address(video.Id));

        var answer = await host.NewShopper().Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(video.Bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Only_whoever_holds_the_course_gets_a_lesson_that_is_not_free()
    {
        var video = await PaidAsync();
        await GrantAsync("second", video.CourseId, host.Clock.Now - _day, host.Clock.Now + _day);

        var guest = await SendAsync(host.NewShopper(), video.Id, new RangeHeaderValue(0, 9));
        var stranger = await SendAsync(await host.SignedInAsync("author"), video.Id, new RangeHeaderValue(0, 9));
        var buyer = await SendAsync(await host.SignedInAsync("second"), video.Id, new RangeHeaderValue(0, 9));

        Assert.Equal(HttpStatusCode.Forbidden, guest.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, buyer.StatusCode);
    }

    [Fact]
    public async Task What_has_ended_or_was_revoked_or_has_not_begun_opens_nothing()
    {
        var video = await PaidAsync(skip: 1);
        await GrantAsync("support", video.CourseId, host.Clock.Now - (2 * _day), host.Clock.Now - _day);
        await GrantAsync("finance", video.CourseId, host.Clock.Now - _day, null, isRevoked: true);
        await GrantAsync("editor", video.CourseId, host.Clock.Now + _day, null);

        foreach (var name in new[] { "support", "finance", "editor" })
            Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(await host.SignedInAsync(name), video.Id)).StatusCode);
    }

    [Fact]
    public async Task Ending_one_grant_leaves_the_other()
    {
        var video = await PaidAsync(skip: 2);
        await GrantAsync("shopper", video.CourseId, host.Clock.Now - _day, null, isRevoked: true);
        await GrantAsync("shopper", video.CourseId, host.Clock.Now - _day, host.Clock.Now + _day);

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(await host.SignedInAsync(), video.Id)).StatusCode);
    }

    [Theory]
    [InlineData("/media/lessons/0")]
    [InlineData("/media/lessons/-1")]
    [InlineData("/media/lessons/987654321")]
    [InlineData("/media/lessons/99999999999999999999999")]
    [InlineData("/media/lessons/1x")]
    [InlineData("/media/lessons/..%2f..%2fshop.db")]
    [InlineData("/media/welcome.mp4")]
    [InlineData("/media/../shop.db")]
    public async Task Nothing_else_is_sent(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync(path)).Status);

    [Theory]
    [InlineData("../shop.db")]
    [InlineData("..\\shop.db")]
    [InlineData("/etc/hostname")]
    [InlineData("..")]
    [InlineData(".hidden.mp4")]
    [InlineData("lost.mp4")]
    [InlineData("")]
    public async Task A_lesson_that_names_anything_but_a_file_in_the_media_folder_sends_nothing(string name)
    {
        var video = await FreeTrialAsync(skip: 5);
        await File.WriteAllTextAsync(Path.Combine(host.DataFolder, "media", ".hidden.mp4"), "hidden");
        await host.WriteAsync(db => db.Lessons.Where(lesson => lesson.Id == video.Id).ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.MediaFile, name)));

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(host.NewShopper(), video.Id)).StatusCode);
    }

    private sealed record Video(long Id, long CourseId, byte[] Bytes);

    private Task<Video> FreeTrialAsync(int skip = 0) => VideoAsync(isFreeTrial: true, skip);

    /// <summary>The first paid video of the course after so many others.</summary>
    private Task<Video> PaidAsync(int skip = 0) => VideoAsync(isFreeTrial: false, skip);

    private async Task<Video> VideoAsync(bool isFreeTrial, int skip)
    {
        var found = await host.ReadAsync(db => (
            from lesson in db.Lessons
            join chapter in db.Chapters on lesson.ChapterId equals chapter.Id
            where lesson.IsFreeTrial == isFreeTrial && lesson.Kind == LessonKind.Video
            group lesson by chapter.CourseId into course
            orderby course.Key
            select new { Id = course.Min(lesson => lesson.Id), CourseId = course.Key }).Skip(skip).FirstAsync());
        var file = await host.ReadAsync(db => db.Lessons.Where(lesson => lesson.Id == found.Id).Select(lesson => lesson.MediaFile).SingleAsync());
        var path = Path.Combine(host.DataFolder, "media", file ?? "");
        return new(found.Id, found.CourseId, File.Exists(path) ? await File.ReadAllBytesAsync(path) : []);
    }

    private static Task<HttpResponseMessage> SendAsync(Shopper who, long lessonId, RangeHeaderValue? range = null, EntityTagHeaderValue? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, MediaEndpoint.Address(lessonId));
        request.Headers.Range = range;
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        return who.Client.SendAsync(request);
    }

    private async Task GrantAsync(string name, long courseId, DateTimeOffset from, DateTimeOffset? until, bool isRevoked = false)
    {
        var user = await host.UserIdAsync(name);
        await host.WriteAsync(db => GrantAsync(db, new Enrollment(user, courseId, EnrollmentSource.Grant, from, until), isRevoked ? host.Clock.Now : null));
    }

    private static Task GrantAsync(ShopDb db, Enrollment grant, DateTimeOffset? revokedAt)
    {
        db.Add(grant).Property(entry => entry.RevokedAt).CurrentValue = revokedAt;
        return Task.CompletedTask;
    }
}

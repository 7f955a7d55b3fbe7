using System.Net;
using CourseShop.Catalog;
using CourseShop.Learning;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

public sealed class LearnTests(ShopHost host) : IClassFixture<ShopHost>
{
    private const string Slug = "python-from-zero";

    [Fact]
    public async Task A_guest_watches_a_free_trial_with_the_outline_beside_it()
    {
        var course = await CourseAsync(Slug);
        var lesson = await LessonAsync(course, isFreeTrial: true, LessonKind.Video);

        var page = await host.NewShopper().GetAsync($"/learn/{course}/{lesson}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal($"/media/lessons/{lesson}", page.Document.QuerySelector("video")!.GetAttribute("src"));
        Assert.Single(page.Document.QuerySelectorAll(".outline [aria-current=page]"));
        Assert.NotNull(page.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task A_text_is_shown_as_html_without_its_markdown()
    {
        var course = await CourseAsync(Slug);
        var lesson = await LessonAsync(course, isFreeTrial: true, LessonKind.Text);

        var page = await host.NewShopper().GetAsync($"/learn/{course}/{lesson}");

        Assert.NotNull(page.Document.QuerySelector(".prose pre[tabindex='0'] code"));
        Assert.Null(page.Document.QuerySelector("video"));
    }

    [Fact]
    public async Task Who_has_not_bought_is_told_what_the_lesson_is_and_where_to_buy_it()
    {
        var course = await CourseAsync(Slug);
        var lesson = await LessonAsync(course, isFreeTrial: false, LessonKind.Video);

        foreach (var visitor in new[] { host.NewShopper(), await host.SignedInAsync("second") })
        {
            var page = await visitor.GetAsync($"/learn/{course}/{lesson}");

            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.Contains("这节课需要购买后学习", page.Text, StringComparison.Ordinal);
            Assert.Equal($"/courses/{course}", page.Document.QuerySelector("main a.primary")!.GetAttribute("href"));
            Assert.Null(page.Document.QuerySelector("video"));
        }
    }

    [Fact]
    public async Task The_course_address_leads_to_the_first_lesson_one_may_learn()
    {
        var course = await CourseAsync(Slug);
        var first = await host.ReadAsync(db => db.Courses.Where(row => row.Id == course).SelectMany(row => row.Chapters).SelectMany(chapter => chapter.Lessons).MinAsync(lesson => lesson.Id));

        Assert.Equal($"/learn/{course}/{first}", (await host.NewShopper().GetAsync($"/learn/{course}")).Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync("/learn/987654")).Status);
    }

    [Fact]
    public async Task Without_a_free_trial_a_stranger_is_led_to_the_course()
    {
        var course = await CourseAsync("linux-server-year");
        await host.WriteAsync(db => db.Lessons.Where(lesson => db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == course))
            .ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.IsFreeTrial, false)));

        Assert.Equal($"/courses/{course}", (await host.NewShopper().GetAsync($"/learn/{course}")).Location!.OriginalString);
    }

    [Fact]
    public async Task A_lesson_of_another_course_is_not_found()
    {
        var course = await CourseAsync(Slug);
        var other = await CourseAsync("git-for-daily-work");
        var lesson = await LessonAsync(course, isFreeTrial: true, LessonKind.Video);

        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync($"/learn/{other}/{lesson}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync($"/learn/{course}/0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync("/learn/x/y")).Status);
    }

    [Fact]
    public async Task What_was_bought_never_disappears_from_its_buyer()
    {
        var course = await CourseAsync("figma-components-and-variables");
        var lesson = await LessonAsync(course, isFreeTrial: false, LessonKind.Video);
        await GrantAsync("shopper", course, null);
        await host.WriteAsync(async db =>
        {
            var hidden = await db.Courses.SingleAsync(row => row.Id == course);
            hidden.Hide();
            hidden.Withdraw(host.Clock.Now);
            await db.Lessons.Where(row => row.Id == lesson).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsHidden, true));
        });

        var buyer = await host.SignedInAsync();
        var page = await buyer.GetAsync($"/learn/{course}/{lesson}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.NotNull(page.Document.QuerySelector("video"));
        Assert.Contains("永久有效", (await buyer.GetAsync("/learn")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.NewShopper().GetAsync($"/learn/{course}/{lesson}")).Status);
    }

    [Fact]
    public async Task Courses_that_have_ended_come_last_and_can_be_renewed()
    {
        var ended = await CourseAsync("sql-thirty-questions");
        var open = await CourseAsync("public-speaking");
        await GrantAsync("author", ended, host.Clock.Now.AddDays(-1));
        await GrantAsync("author", open, host.Clock.Now.AddDays(30));
        var holder = await host.SignedInAsync("author");

        var cards = (await holder.GetAsync("/learn")).Document.QuerySelectorAll(".shelf .card");
        var lesson = await LessonAsync(ended, isFreeTrial: false, LessonKind.Video);
        var refused = await holder.GetAsync($"/learn/{ended}/{lesson}");

        Assert.Equal(2, cards.Length);
        Assert.Contains("有效期至", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/courses/{ended}", cards[1].QuerySelector(".pay a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("续费", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_courses_the_way_to_them_is_shown()
    {
        var page = await (await host.SignedInAsync("finance")).GetAsync("/learn");

        Assert.Equal("/courses", page.Document.QuerySelector(".empty a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_guest_signs_in_to_see_their_courses()
    {
        var page = await host.NewShopper().GetAsync("/learn");

        Assert.Contains("/account/sign-in", page.Location!.OriginalString, StringComparison.Ordinal);
    }

    private Task<long> CourseAsync(string slug) => host.ReadAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.Id).SingleAsync());

    private Task<long> LessonAsync(long course, bool isFreeTrial, LessonKind kind) => host.ReadAsync(db =>
        db.Courses.Where(row => row.Id == course).SelectMany(row => row.Chapters).SelectMany(chapter => chapter.Lessons)
            .Where(lesson => lesson.IsFreeTrial == isFreeTrial && lesson.Kind == kind).Select(lesson => lesson.Id).FirstAsync());

    private async Task GrantAsync(string name, long course, DateTimeOffset? until)
    {
        var user = await host.UserIdAsync(name);
        await host.WriteAsync(db =>
        {
            db.Add(new Enrollment(user, course, EnrollmentSource.Grant, host.Clock.Now.AddDays(-60), until));
            return Task.CompletedTask;
        });
    }
}

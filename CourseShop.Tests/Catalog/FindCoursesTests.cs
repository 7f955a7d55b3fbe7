using System.Text.Json;
using CourseShop.Catalog;
using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Catalog;

public sealed class FindCoursesTests : IDisposable
{
    private readonly ShopHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_course_is_found_by_any_two_characters_that_stand_together_in_it()
    {
        var courses = await _host.ReadAsync(db => db.Courses.Select(course => new { course.Id, course.Title }).ToListAsync());
        foreach (var course in courses)
        {
            for (var at = 0; at + 1 < course.Title.Length; at++)
            {
                var pair = course.Title.Substring(at, 2);
                if (pair.All(letter => letter > '\u2E80' && char.IsLetter(letter)))
                    Assert.Contains(course.Id, (await FindAsync(pair)).Named);
            }
        }
    }

    [Fact]
    public async Task Lessons_and_descriptions_are_searched_too()
    {
        var lesson = await _host.ReadAsync(db => (from chapter in db.Chapters join one in db.Lessons on chapter.Id equals one.ChapterId where one.Title.Length > 6 orderby one.Id select new { chapter.CourseId, one.Title }).FirstAsync());
        var described = await _host.ReadAsync(db => db.Courses.OrderByDescending(course => course.Id).Select(course => new { course.Id, course.Pitch }).FirstAsync());

        Assert.Contains(lesson.CourseId, (await FindAsync(lesson.Title)).All);
        Assert.Contains(described.Id, (await FindAsync(described.Pitch[..6])).All);
    }

    [Fact]
    public async Task Whatever_is_changed_is_found_by_its_new_words_and_no_longer_by_the_old()
    {
        await _host.WriteAsync(db => db.Courses.Where(course => course.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(course => course.Title, "饕餮与犀牛")));
        Assert.Contains(1, (await FindAsync("饕餮")).Named);
        await _host.WriteAsync(db => db.Courses.Where(course => course.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(course => course.Title, "蘑菇与犀牛")));
        Assert.Empty((await FindAsync("饕餮")).All);
        Assert.Equal([1], (await FindAsync("犀牛")).Named);

        var teacher = await _host.ReadAsync(db => db.Courses.Where(course => course.Id == 1).Select(course => course.TeacherId).SingleAsync());
        await _host.WriteAsync(db => db.Teachers.Where(one => one.Id == teacher).ExecuteUpdateAsync(set => set.SetProperty(one => one.Name, "欧阳饕餮")));
        Assert.Equal(await _host.ReadAsync(db => db.Courses.Where(course => course.TeacherId == teacher).Select(course => course.Id).Order().ToListAsync()), (await FindAsync("阳饕")).Named.Order());

        await _host.WriteAsync(db => db.Lessons.Where(lesson => lesson.ChapterId == db.Chapters.Where(chapter => chapter.CourseId == 2).Min(chapter => chapter.Id)).ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.Title, "螃蟹的横行")));
        Assert.Equal([2], (await FindAsync("螃蟹")).All);
        await _host.WriteAsync(db => db.Lessons.Where(lesson => lesson.Title == "螃蟹的横行").ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.IsHidden, true)));
        Assert.Empty((await FindAsync("螃蟹")).All);
    }

    [Fact]
    public async Task The_index_has_all_its_triggers()
    {
        var there = await _host.ReadAsync(db => db.Database.SqlQueryRaw<string>(_host.IsOnPostgres
            ? "SELECT tgname::text AS \"Value\" FROM pg_trigger WHERE NOT tgisinternal"
            : "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync());

        Assert.Empty(SearchIndex.Marks.Select(mark => mark.Name).Except(there, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_marks_what_was_found_and_says_by_which_lesson()
    {
        await _host.WriteAsync(db => db.Lessons.Where(lesson => lesson.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.Title, "第一课：螃蟹 & <b>")));

        var byName = await _host.NewShopper().GetAsync("/courses?q=" + Uri.EscapeDataString("python 程序"));
        var byLesson = await _host.NewShopper().GetAsync("/courses?q=" + Uri.EscapeDataString("螃蟹"));

        Assert.Equal(["Python", "程序"], byName.Document.QuerySelector(".card h3")!.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        Assert.Equal("第一课：螃蟹 & <b>", byLesson.Document.QuerySelector(".card .note")!.TextContent.Trim().Replace("课时：", "", StringComparison.Ordinal));
        Assert.Equal("螃蟹", byLesson.Document.QuerySelector(".card .note mark")!.TextContent);
    }

    [Fact]
    public async Task Who_found_nothing_is_offered_something()
    {
        for (var time = 0; time < 3; time++)
            await _host.NewShopper().GetAsync("/courses?q=python");
        await _host.NewShopper().GetAsync("/courses?q=" + Uri.EscapeDataString("数据"));

        var nothing = await _host.NewShopper().GetAsync("/courses?category=data&q=" + Uri.EscapeDataString("饕餮"));

        Assert.Equal(["/courses?q=python"], nothing.Document.QuerySelectorAll(".empty .chips a").Select(link => link.GetAttribute("href")));
        Assert.NotNull(nothing.Document.QuerySelector($".empty a[href='/courses?q={Uri.EscapeDataString("饕餮")}']"));
        Assert.Equal(4, nothing.Document.QuerySelectorAll("#instead ~ .shelf .card").Length);
    }

    [Theory]
    [InlineData("python", "从零开始学 Python：写出第一个能用的程序")]
    [InlineData("何远", "何远山")]
    public async Task The_box_proposes_names(string text, string name)
    {
        var names = JsonSerializer.Deserialize<List<string>>((await _host.NewShopper().GetAsync("/courses/suggest?q=" + Uri.EscapeDataString(text))).Html)!;

        Assert.Contains(name, names);
        Assert.InRange(names.Count, 1, 8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%00")]
    [InlineData("?q=%25")]
    public async Task The_box_proposes_nothing_for_nothing(string query) => Assert.Equal("[]", (await _host.NewShopper().GetAsync("/courses/suggest" + query)).Html);

    private Task<FoundCourses> FindAsync(string text) => _host.InScopeAsync<FindCourses, FoundCourses>(find => find.RunAsync(text, CancellationToken.None));
}

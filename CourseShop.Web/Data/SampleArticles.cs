using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Publishing;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>The sample shop's articles: put into a shop that has none yet, with what readers left under them.</summary>
internal static class SampleArticles
{
    private static readonly (string User, string Nickname, string Motto)[] Authors =
    [
        ("author", "白露", "把一件小事写明白。"),
        ("writer", "阿拙", "拙于言，勤于改。"),
    ];

    public static async Task<Done> PublishAsync(ShopDb unit, IReadOnlyList<SampleArticle> samples, DateTimeOffset now, CancellationToken stop)
    {
        if (await unit.Articles.AnyAsync(stop))
            return new Done();
        var users = await unit.Users.ToDictionaryAsync(user => user.UserName!, StringComparer.Ordinal, stop);
        foreach (var (name, nickname, motto) in Authors.Where(author => users[author.User] is { Nickname: "", Motto: "" }))
            (users[name].Nickname, users[name].Motto) = (nickname, motto);
        var notebooks = samples.Select(sample => (sample.Author, sample.Notebook)).Distinct().ToDictionary(pair => pair, pair => new Notebook(users[pair.Author].Id, pair.Notebook, now));
        unit.AddRange(notebooks.Values);
        await unit.SaveChangesAsync(stop);

        var courses = await unit.Courses.ToDictionaryAsync(course => course.Slug, course => course.Id, StringComparer.Ordinal, stop);
        var articles = samples.Select(sample => (Sample: sample, Article: Build(sample, users[sample.Author], notebooks[(sample.Author, sample.Notebook)], courses, now))).ToList();
        unit.AddRange(articles.Select(pair => pair.Article));
        await unit.SaveChangesAsync(stop);

        unit.AddRange(articles.SelectMany(pair => pair.Sample.LikedBy.Select((name, place) => new ArticleLike(pair.Article.Id, users[name].Id, pair.Article.PublishedAt!.Value.AddHours(place + 2)))));
        unit.AddRange(articles.SelectMany(pair => pair.Sample.Comments.Select((comment, place) =>
            new Comment(pair.Article.Id, users[comment.User].Id, null, comment.Text, $"sample-{place}-{pair.Article.Id}", pair.Article.PublishedAt!.Value.AddHours(place + 3)))));
        unit.AddRange(new AuthorFollow(users["author"].Id, users["shopper"].Id, now), new AuthorFollow(users["author"].Id, users["second"].Id, now), new AuthorFollow(users["writer"].Id, users["second"].Id, now));
        await unit.SaveChangesAsync(stop);
        foreach (var (sample, article) in articles)
        {
            await unit.Articles.Where(row => row.Id == article.Id).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Reads, sample.Reads).SetProperty(row => row.Likes, sample.LikedBy.Count).SetProperty(row => row.Comments, sample.Comments.Count)
                .SetProperty(row => row.Heat, sample.Reads + (10 * sample.LikedBy.Count) + (5 * sample.Comments.Count)), stop);
        }

        return new Done();
    }

    private static Article Build(SampleArticle sample, ShopUser author, Notebook notebook, Dictionary<string, long> courses, DateTimeOffset now)
    {
        var at = now.AddDays(-sample.DaysAgo);
        var article = new Article(author.Id, $"sample-{sample.Name}", at);
        article.Rewrite(sample.Title, sample.Text, notebook.Id, sample.Courses.Select(slug => courses[slug]), at);
        article.Publish(at);
        article.NoteFollowersTold(at);
        return article;
    }
}

internal sealed record SampleComment(string User, string Text);

/// <summary>A file of the sample shop: lines of what is said about it, an empty line, the text.</summary>
internal sealed record SampleArticle(
    string Name, string Title, string Author, string Notebook, double DaysAgo, int Reads, IReadOnlyList<string> Courses, IReadOnlyList<string> LikedBy, IReadOnlyList<SampleComment> Comments, string Text)
{
    public static SampleArticle Read(string file)
    {
        var parts = File.ReadAllText(file).ReplaceLineEndings("\n").Split("\n\n", 2);
        var lines = parts[0].Split('\n').Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string[] List(string key) => lines[key].SingleOrDefault()?.Split(", ") ?? [];
        return new(
            Path.GetFileNameWithoutExtension(file), lines["title"].Single(), lines["author"].Single(), lines["notebook"].Single(),
            double.Parse(lines["daysAgo"].Single(), CultureInfo.InvariantCulture), int.Parse(lines["reads"].Single(), CultureInfo.InvariantCulture),
            List("courses"), List("likedBy"), [.. lines["comment"].Select(line => line.Split(" | ", 2)).Select(pair => new SampleComment(pair[0], pair[1]))], parts[1].Trim());
    }
}

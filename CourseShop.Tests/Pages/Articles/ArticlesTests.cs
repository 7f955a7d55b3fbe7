using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using CourseShop.Publishing;
using CourseShop.Tests.Publishing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Articles;

public sealed class ArticlesTests(ShopHost shop) : IClassFixture<ShopHost>
{
    [Fact]
    public async Task The_list_shows_what_is_published_in_both_orders_and_finds_by_title_and_author()
    {
        var guest = shop.NewShopper();
        var list = await guest.GetAsync("/articles");
        var popular = await guest.GetAsync("/articles?sort=popular");
        var found = await guest.GetAsync($"/articles?q={Uri.EscapeDataString("阿拙 删掉")}");
        var nothing = await guest.GetAsync("/articles?q=%25");

        Assert.Contains("删掉第一段", list.Text, StringComparison.Ordinal);
        Assert.StartsWith("没有恢复过的备份", popular.Document.QuerySelector(".articles h2")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("删掉第一段", Assert.Single(found.Document.QuerySelectorAll(".articles h2")).TextContent);
        Assert.NotNull(nothing.Document.QuerySelector(".empty"));
    }

    [Fact]
    public async Task A_kept_list_is_let_go_when_something_is_published_or_taken_back()
    {
        var guest = shop.NewShopper();
        await guest.GetAsync("/articles");

        var id = await shop.PublishedAsync(title: "刚刚发布的");
        Assert.Contains("刚刚发布的", (await guest.GetAsync("/articles")).Text, StringComparison.Ordinal);
        Assert.Contains("刚刚发布的", (await guest.GetAsync("/")).Text, StringComparison.Ordinal);

        await shop.InScopeAsync<WithdrawArticle, bool>(async withdraw => await withdraw.RunAsync(await shop.UserIdAsync("author"), id, CancellationToken.None));
        Assert.DoesNotContain("刚刚发布的", (await guest.GetAsync("/articles")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_there_for_its_author_alone()
    {
        var draft = (await shop.SaveAsync(await shop.UserIdAsync("author"), Desk.Edit("还没写完")))!.Value!.Id;

        Assert.Equal(HttpStatusCode.OK, (await (await shop.SignedInAsync("author")).GetAsync($"/articles/{draft}")).Status);
        foreach (var other in new[] { shop.NewShopper(), await shop.SignedInAsync("writer"), await shop.SignedInAsync("shopper"), await shop.SignedInAsync("support") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/articles/{draft}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/articles/{draft}/likes")).Status);
        }

        var writer = await shop.SignedInAsync("writer");
        Assert.Equal(HttpStatusCode.NotFound, (await writer.GetAsync($"/articles/write/{draft}")).Status);
        var token = await writer.TokenAsync();
        foreach (var handler in new[] { "save", "publish", "preview", "picture" })
            Assert.Equal(HttpStatusCode.NotFound, (await writer.PostAsync($"/articles/write/{draft}?handler={handler}", [token, new("Key", "a"), new("Title", "我的了"), new("Text", "字")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await writer.PostAsync("/articles/mine?handler=discard", [token, new("article", $"{draft}")])).Status);
    }

    [Fact]
    public async Task Only_authors_have_a_desk()
    {
        foreach (var name in new[] { "shopper", "editor", "admin" })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.SignedInAsync(name)).FollowAsync("/articles/write")).Status);
        Assert.Contains("/account/sign-in", (await shop.NewShopper().GetAsync("/articles/mine")).Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_without_a_script_from_preview_to_publication()
    {
        var author = await shop.SignedInAsync("author");
        var desk = await author.GetAsync("/articles/write");

        var preview = await author.SubmitAsync(desk, "#write", Fields("写作**示范**", "## 小标题\n\n第一段\n第二行"), "预览");
        Assert.Equal("小标题", preview.Document.QuerySelector("#preview .prose h3")!.TextContent);
        Assert.NotNull(preview.Document.QuerySelector("#preview br"));
        Assert.Contains("第一段", preview.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);

        var saved = await author.SubmitAsync(preview, "#write", button: "保存草稿");
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var published = await author.SubmitAsync(await author.GetAsync(saved.Location!.OriginalString), "#write", button: "发布");
        var page = await shop.NewShopper().GetAsync(published.Location!.OriginalString);

        Assert.Equal("写作**示范**", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("小标题", page.Document.QuerySelector(".prose h2")!.TextContent);
    }

    [Fact]
    public async Task The_second_tab_sees_both_texts()
    {
        var author = await shop.SignedInAsync("author");
        var first = await author.SubmitAsync(await author.GetAsync("/articles/write"), "#write", Fields("两个窗口", "开头"), "保存草稿");
        var address = first.Location!.OriginalString;
        var (left, right) = (await author.GetAsync(address), await author.GetAsync(address));

        await author.SubmitAsync(left, "#write", Fields("两个窗口", "左边写的"), "保存草稿");
        var refused = await author.SubmitAsync(right, "#write", Fields("两个窗口", "右边写的"), "保存草稿");

        Assert.Equal(["右边写的", "左边写的"], refused.Document.QuerySelectorAll("textarea").Select(area => area.TextContent.Trim()));
        Assert.Contains("刚刚在别的窗口改过", refused.Text, StringComparison.Ordinal);
        var insisted = await author.SubmitAsync(refused, "#write", button: "保存草稿");
        Assert.Equal(HttpStatusCode.Redirect, insisted.Status);
        Assert.Equal("右边写的", (await author.GetAsync(address)).Document.QuerySelector("textarea")!.TextContent.Trim());
    }

    [Fact]
    public async Task What_is_written_runs_nowhere()
    {
        var evil = "<script>alert(1)</script> <img src=x onerror=alert(1)> [点我](javascript:alert(1)) [又](data:text/html,x) ![](https://evil.example/p.png) <https://ok.example> [行](https://ok.example)\n\n<iframe src=//evil>";
        var id = (await shop.PublishAsync(await shop.UserIdAsync("author"), Desk.Edit("<b onclick=x>题</b>", evil) with { NewNotebook = "\"><script>" }))!.Value!.Id;
        var reader = await shop.SignedInAsync("second");
        await shop.SayAsync(await shop.UserIdAsync("shopper"), id, evil);

        foreach (var path in new[] { $"/articles/{id}", "/articles", "/", $"/articles/{id}/likes", $"/authors/{await shop.UserIdAsync("author")}", "/account/notices" })
            Assert.Null((await reader.GetAsync(path)).Fault());
        var page = await reader.GetAsync($"/articles/{id}");
        Assert.All(page.Document.QuerySelectorAll(".prose a"), link => Assert.Equal("nofollow noopener", link.GetAttribute("rel")));
        Assert.Equal(2, page.Document.QuerySelectorAll(".prose a").Length);
        Assert.Empty(page.Document.QuerySelectorAll(".prose img"));
        Assert.Null((await (await shop.SignedInAsync("editor")).GetAsync("/admin/comments")).Fault());
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("*a ")]
    [InlineData("[")]
    public async Task A_text_that_nobody_could_nest_is_shown_all_the_same(string piece)
    {
        var id = (await shop.PublishAsync(await shop.UserIdAsync("author"), Desk.Edit("深不见底", "字" + "\n\n" + string.Concat(Enumerable.Repeat(piece, 5_000)) + "字")))!.Value!.Id;

        Assert.Equal(HttpStatusCode.OK, (await shop.NewShopper().GetAsync($"/articles/{id}")).Status);
    }

    [Fact]
    public async Task A_picture_is_put_where_the_cursor_stood_and_served_as_what_it_is()
    {
        var author = await shop.SignedInAsync("author");
        var desk = await author.GetAsync("/articles/write");

        var page = await UploadAsync(author, desk, Pictures.Jpeg(), "../../evil.html", "前面后面", cursor: 2);

        var text = page.Document.QuerySelector("textarea")!.TextContent.Trim();
        Assert.Matches(@"^前面\n\n!\[\]\(/pictures/[0-9a-f]{32}\.jpg\)\n\n后面$", text);
        var address = page.Document.QuerySelector("#preview img")!.GetAttribute("src")!;
        var picture = await shop.NewShopper().GetAsync(address);
        Assert.Equal("image/jpeg", picture.Response.Content.Headers.ContentType!.MediaType);
        Assert.Null(picture.MissingHeader());
        Assert.True(picture.Response.Headers.CacheControl!.Public);
        Assert.DoesNotContain(Pictures.Secret, picture.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_the_text_stays()
    {
        var author = await shop.SignedInAsync("author");
        var desk = await author.GetAsync("/articles/write");
        var before = await shop.ReadAsync(db => db.ArticlePictures.CountAsync());

        foreach (var file in new[] { "<svg onload=alert(1)>"u8.ToArray(), [], [.. Pictures.Png(), .. new byte[PictureFile.MostBytes]], Pictures.Png(9_000, 1) })
        {
            var page = await UploadAsync(author, desk, file, "x.png", "写了很久的字", cursor: null);
            Assert.NotNull(page.Document.QuerySelector(".notice.bad"));
            Assert.Equal("写了很久的字", page.Document.QuerySelector("textarea")!.TextContent.Trim());
        }

        Assert.Equal(before, await shop.ReadAsync(db => db.ArticlePictures.CountAsync()));
    }

    [Theory]
    [InlineData("/pictures/x.png")]
    [InlineData("/pictures/..%2fshop.db")]
    [InlineData("/pictures/00000000000000000000000000000000.png")]
    [InlineData("/pictures/00000000000000000000000000000000.png.part")]
    public async Task Nothing_else_of_the_folder_is_served(string path) => Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync(path)).Status);

    [Fact]
    public async Task A_reader_likes_follows_and_comments_without_a_script()
    {
        var id = await shop.PublishedAsync("writer", "读者来了");
        var reader = await shop.SignedInAsync("shopper");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));

        await reader.SubmitAsync(await reader.GetAsync($"/articles/{id}"), "#reactions form");
        await reader.SubmitAsync(await reader.GetAsync($"/articles/{id}"), "#follow");
        var refused = await reader.SubmitAsync(await reader.GetAsync($"/articles/{id}"), ".commentform", new Dictionary<string, string>(StringComparer.Ordinal) { ["Text"] = new string('长', 1_001) });
        Assert.Equal(1_001, refused.Document.QuerySelector("#comment")!.TextContent.Length);
        var said = await reader.SubmitAsync(refused, ".commentform", new Dictionary<string, string>(StringComparer.Ordinal) { ["Text"] = "读完了\n很受用" });

        Assert.Matches($"^/articles/{id}\\?comments=1#comment-\\d+$", said.Location!.OriginalString);
        var page = await reader.GetAsync($"/articles/{id}");
        Assert.Contains("已喜欢", page.Document.QuerySelector("#reactions")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("已关注", page.Document.QuerySelector("#follow")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("读完了\n很受用", page.Document.QuerySelector(".comment .said")!.TextContent);
        Assert.Contains("shopper", (await shop.NewShopper().GetAsync($"/articles/{id}/likes")).Text, StringComparison.Ordinal);

        var news = await (await shop.SignedInAsync("writer")).GetAsync("/account/notices");
        Assert.Contains("shopper 评论了您的文章《读者来了》", news.Text, StringComparison.Ordinal);
        Assert.Contains("shopper 关注了您", news.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_who_wants_more_is_led_to_sign_in()
    {
        var id = await shop.PublishedAsync();
        var guest = shop.NewShopper();
        var token = await guest.TokenAsync();

        foreach (var handler in new[] { "like", "follow", "comment", "delete", "hide" })
        {
            var answer = await guest.PostAsync($"/articles/{id}?handler={handler}", [token, new("likes", "true"), new("author", "1"), new("follows", "true"), new("Text", "字"), new("comment", "1")]);
            Assert.Equal($"/account/sign-in?returnUrl=%2Farticles%2F{id}", answer.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task Looking_counts_nothing_and_the_pages_word_counts_once_for_people()
    {
        var id = await shop.PublishedAsync();
        var guest = shop.NewShopper();
        guest.Client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux) Firefox/150.0");
        var page = await guest.GetAsync($"/articles/{id}");
        Assert.Equal(0, (await shop.ArticleAsync(id)).Reads);

        for (var time = 0; time < 3; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await guest.SubmitAsync(page, "#read")).Status);
        Assert.Equal(1, (await shop.ArticleAsync(id)).Reads);

        var robot = shop.NewShopper();
        robot.Client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (compatible; SomeBot/2.1)");
        await robot.SubmitAsync(await robot.GetAsync($"/articles/{id}"), "#read");
        Assert.Equal(1, (await shop.ArticleAsync(id)).Reads);
    }

    [Fact]
    public async Task News_is_seen_when_somebody_says_so()
    {
        await shop.PublishedAsync("writer", "新的消息");
        var reader = await shop.SignedInAsync("second");

        var news = await reader.GetAsync("/account/notices");
        Assert.NotNull(news.Document.QuerySelector(".masthead .menu .count"));
        Assert.NotNull((await reader.GetAsync("/account/notices")).Document.QuerySelector(".notices .new"));
        await reader.SubmitAsync(news, "main form", button: "全部标为已读");

        Assert.Null((await reader.GetAsync("/account/notices")).Document.QuerySelector(".notices .new"));
    }

    [Fact]
    public async Task Editors_withdraw_and_hide_and_others_of_staff_look()
    {
        var id = await shop.PublishedAsync(title: "要撤下的");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        var comment = (await shop.SayAsync(await shop.UserIdAsync("second"), id, "要隐藏的话"))!.Value;
        var support = await shop.SignedInAsync("support");
        var token = await support.TokenAsync();
        Assert.Contains("/error/403", (await support.PostAsync("/admin/articles?handler=withdraw", [token, new("article", $"{id}"), new("reason", "x")])).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("/error/403", (await support.PostAsync("/admin/comments", [token, new("comment", $"{comment}"), new("hides", "true")])).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("要撤下的", (await support.GetAsync("/admin/articles?q=要撤下的")).Text, StringComparison.Ordinal);

        var editor = await shop.SignedInAsync("editor");
        var pass = await editor.TokenAsync();
        await editor.PostAsync("/admin/comments", [pass, new("comment", $"{comment}"), new("hides", "true")]);
        Assert.DoesNotContain("要隐藏的话", (await shop.NewShopper().GetAsync($"/articles/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains("要隐藏的话", (await editor.GetAsync("/admin/comments?state=hidden")).Text, StringComparison.Ordinal);
        await editor.PostAsync("/admin/articles?handler=withdraw", [pass, new("article", $"{id}"), new("reason", "抄袭")]);

        Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync($"/articles/{id}")).Status);
        Assert.Contains("抄袭", (await (await shop.SignedInAsync("author")).GetAsync($"/articles/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feeds_are_whole_and_absolute()
    {
        var author = await shop.UserIdAsync("writer");
        await shop.PublishAsync(author, Desk.Edit("带 & < 的\u0001题目", "字\uD83D 😀"));

        foreach (var path in new[] { "/articles/feed", $"/authors/{author}/feed" })
        {
            var answer = await shop.NewShopper().GetAsync(path);
            Assert.Equal("application/rss+xml", answer.Response.Content.Headers.ContentType!.MediaType);
            var items = XDocument.Parse(answer.Html).Descendants("item").ToList();
            Assert.Equal("带 & < 的题目", items[0].Element("title")!.Value);
            Assert.All(items, item => Assert.StartsWith("http://localhost/articles/", item.Element("link")!.Value, StringComparison.Ordinal));
            Assert.All(items, item => Assert.True(DateTimeOffset.TryParse(item.Element("pubDate")!.Value, System.Globalization.CultureInfo.InvariantCulture, out _)));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync($"/authors/{await shop.UserIdAsync("shopper")}/feed")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync($"/authors/{await shop.UserIdAsync("shopper")}")).Status);
    }

    [Fact]
    public async Task Courses_and_articles_name_each_other()
    {
        var course = await shop.ReadAsync(db => db.Courses.Where(found => found.Slug == "meetings-worth-having").Select(found => new { found.Id, found.Title }).SingleAsync());
        var article = await shop.ReadAsync(db => db.Articles.Where(found => found.Title.StartsWith("开会前")).Select(found => found.Id).SingleAsync());

        Assert.Contains(course.Title, (await shop.NewShopper().GetAsync($"/articles/{article}")).Text, StringComparison.Ordinal);
        Assert.Contains("开会前先读十分钟", (await shop.NewShopper().GetAsync($"/courses/{course.Id}")).Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Fields(string title, string text) => new(StringComparer.Ordinal) { ["Title"] = title, ["Text"] = text };

    private static async Task<SeenPage> UploadAsync(Shopper author, SeenPage desk, byte[] file, string name, string text, int? cursor)
    {
        string Said(string field) => desk.Document.QuerySelector($"#write input[name={field}]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Said("__RequestVerificationToken")), "__RequestVerificationToken" }, { new StringContent(Said("Key")), "Key" }, { new StringContent("0"), "Version" },
            { new StringContent("题"), "Title" }, { new StringContent(text), "Text" }, { new StringContent($"{cursor}"), "Cursor" },
        };
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        form.Add(content, "Picture", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/articles/write?handler=picture") { Content = form };
        return await author.SendAsync(request);
    }
}

using System.Text.RegularExpressions;
using CourseShop.Tests.Publishing;
using CourseShop.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Journeys;

/// <summary>An author writes and publishes; a reader follows, likes and comments; the author hears of it.</summary>
public sealed partial class ArticlesJourneyTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task On_a_phone() => TellAsync(Device.Phone, WriteAndReadAsync);

    [BrowserFact]
    public Task At_a_desk() => TellAsync(Device.Desktop, WriteAndReadAsync);

    [BrowserFact]
    public Task Without_scripts() => TellAsync(Device.Phone, WriteAndReadAsync, hasScripts: false);

    private async Task WriteAndReadAsync(Visitor visitor)
    {
        await visitor.SignsInAsync("author");
        await visitor.GoesToAsync("/articles/write");
        await visitor.FillsAsync("文章标题", "一个人的读书会");
        await visitor.FillsAsync("正文", "## 先读一页\n\n不求多，**读完**就好。\n");
        await visitor.Page.GetByLabel("选一张图片").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "cover.png", MimeType = "image/png", Buffer = Pictures.Png() });
        await visitor.PressesAsync("插入图片");
        await Expect(visitor.Page.Locator("#text")).ToHaveValueAsync(PictureInText());
        await visitor.FillsAsync("或者新建文集", "读书会");
        await visitor.PressesAsync("预览");
        await Expect(visitor.Page.Locator("#preview .prose h3")).ToHaveTextAsync("先读一页");
        await visitor.PressesAsync("保存草稿");
        await visitor.SeesAsync("已保存");
        await visitor.PressesAsync("发布");
        await visitor.SeesHeadingAsync("一个人的读书会");
        var article = visitor.Path;

        await SignOutAsync(visitor);
        await visitor.SignsInAsync("second");
        await visitor.GoesToAsync(article);
        await visitor.SeesAsync("文集《读书会》");
        await visitor.ClicksAsync(visitor.Page.Locator("#reactions button"));
        await Expect(visitor.Page.Locator("#reactions button")).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.ClicksAsync(visitor.Page.Locator("#follow button"));
        await Expect(visitor.Page.Locator("#follow button")).ToHaveTextAsync("关注");
        await visitor.ClicksAsync(visitor.Page.Locator("#follow button"));
        await Expect(visitor.Page.Locator("#follow button")).ToHaveTextAsync("已关注");
        await visitor.Page.Locator("#comment").FillAsync("今晚就读一页。");
        await visitor.PressesAsync("发表评论");
        await visitor.SeesAsync("今晚就读一页。");
        await visitor.ClicksAsync(visitor.Page.GetByText("看看谁喜欢"));
        await visitor.SeesAsync("second");

        await SignOutAsync(visitor);
        await visitor.SignsInAsync("author");
        await visitor.GoesToAsync("/account/notices");
        await visitor.ClicksAsync(visitor.Page.GetByText("second 评论了您的文章《一个人的读书会》"));
        await visitor.Page.Locator(".comment summary").First.ClickAsync();
        await visitor.Page.Locator(".comment textarea").First.FillAsync("一起。");
        await visitor.PressesAsync("发表回复");
        await visitor.SeesAsync("一起。");
        await visitor.GoesToAsync("/articles/mine");
        await visitor.PressesAsync("撤回《一个人的读书会》");
        await visitor.SeesAsync("文章已撤回，读者看不到了");
    }

    private static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.GoesToAsync("/account/sign-out");
        await visitor.PressesAsync("退出登录");
    }

    [GeneratedRegex(@"读完.*就好[\s\S]*!\[\]\(/pictures/[0-9a-f]{32}\.png\)", RegexOptions.None, 1000)]
    private static partial Regex PictureInText();
}

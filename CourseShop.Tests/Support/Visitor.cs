using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Support;

/// <summary>A person in front of a browser. Every page they leave has been looked over by a <see cref="PageWatch"/>.</summary>
public sealed partial class Visitor(IPage page, PageWatch watch, Device device, bool hasScripts)
{
    // axe takes its time: a page that one person brought before it need not come again
    private static readonly ConcurrentDictionary<string, bool> SeenByAxe = new(StringComparer.Ordinal);

    public IPage Page => page;

    public PageWatch Watch => watch;

    public bool HasScripts => hasScripts;

    public string Path => new Uri(page.Url).PathAndQuery;

    private ILocator Main => page.GetByRole(AriaRole.Main);

    /// <summary>Another tab of the same browser.</summary>
    public async Task<Visitor> OpensTabAsync() => new(await page.Context.NewPageAsync(), watch, device, hasScripts);

    public async Task GoesToAsync(string path)
    {
        await LooksAroundAsync();
        await page.GotoAsync(path);
    }

    /// <summary>Presses the button or link of that name in the page's main part.</summary>
    public Task PressesAsync(string name) => PressesAsync(Main, name);

    /// <summary>Presses the button or link of that name in a part of the page.</summary>
    public async Task PressesAsync(ILocator part, string name)
    {
        var button = part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await ClicksAsync(button.Or(part.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).First);
    }

    public async Task ClicksAsync(ILocator what)
    {
        await Expect(what).ToBeVisibleAsync();
        await LooksAroundAsync();
        await what.ClickAsync();
    }

    public Task FillsAsync(string label, string value) => Main.GetByLabel(label, new() { Exact = true }).FillAsync(value);

    public Task SeesAsync(string text) => Expect(page.GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();

    public Task SeesHeadingAsync(string text) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    /// <summary>应付 or 实付 beneath the sums.</summary>
    public Task SeesTotalAsync(string total) => Expect(page.Locator("dl.sums dd.total").First).ToHaveTextAsync(total);

    public Task SeesInCartAsync(int courses) => courses == 0
        ? Expect(page.Locator("#cart-link .count")).ToHaveCountAsync(0)
        : Expect(page.Locator("#cart-link .count")).ToHaveTextAsync($"{courses}");

    public Task IsAtAsync(Regex path) => Expect(page).ToHaveURLAsync(path);

    public async Task SignsInAsync(string name = "shopper")
    {
        if (!Path.StartsWith("/account/sign-in", StringComparison.Ordinal))
            await GoesToAsync("/account/sign-in");
        await FillsAsync("用户名或邮箱", name);
        await FillsAsync("密码", CourseShop.Data.OpenSampleShop.Password);
        await PressesAsync("登录");
        await IsAtAsync(ElsewhereThanSignIn());
    }

    /// <summary>Looks at the page as it is now: is it as wide as the screen, and does axe find fault with it?</summary>
    public async Task LooksAroundAsync()
    {
        if (!page.Url.StartsWith("http", StringComparison.Ordinal))
            return;
        await page.WaitForLoadStateAsync();
        await watch.MeasureAsync(page);
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        var name = $"{device} {Digits().Replace(new Uri(page.Url).AbsolutePath, "N")} {(await heading.CountAsync() > 0 ? await heading.First.TextContentAsync() : "")}";
        if (hasScripts && SeenByAxe.TryAdd(name, true))
            await watch.AskAxeAsync(page);
    }

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("^(?!.*/account/sign-)", RegexOptions.None, 1000)]
    private static partial Regex ElsewhereThanSignIn();
}

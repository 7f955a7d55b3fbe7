using System.Text.RegularExpressions;
using CourseShop.Tests.Support;
using Microsoft.Playwright;

namespace CourseShop.Tests.Journeys;

/// <summary>A whole story in a browser, in a shop of its own.</summary>
[Collection(InBrowser.Name)]
public abstract partial class Journey(Chromium chromium) : IAsyncLifetime
{
    protected ShopInBrowser Shop { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    /// <summary>A person comes, does what the story tells, and nothing was wrong with any page on the way. Where the story breaks, a picture is kept.</summary>
    protected async Task TellAsync(Device device, Func<Visitor, Task> story, bool hasScripts = true)
    {
        await using var context = await chromium.OpenAsync(device, Shop.Address, hasScripts);
        var watch = new PageWatch(context);
        var visitor = new Visitor(await context.NewPageAsync(), watch, device, hasScripts);
        try
        {
            await story(visitor);
            await visitor.LooksAroundAsync();
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException or Xunit.Sdk.XunitException)
        {
            throw new StoryBroke(visitor.Path, await PictureAsync(visitor.Page), watch.Troubles, failure);
        }

        Assert.True(watch.Troubles.Count == 0, string.Join('\n', watch.Troubles));
    }

    /// <summary>Signed in, with the course on the confirm page.</summary>
    protected async Task BuyNowAsync(Visitor visitor, string slug) => await visitor.GoesToAsync($"/checkout?course={await Shop.CourseIdAsync(slug)}");

    /// <summary>From the confirm page to the cashier.</summary>
    protected static async Task<string> SubmitAsync(Visitor visitor)
    {
        await visitor.PressesAsync("提交订单");
        await visitor.SeesHeadingAsync("订单已提交，请支付");
        return NumberIn().Match(visitor.Path).Value;
    }

    /// <summary>From the cashier through Alipay and back.</summary>
    protected static async Task PayAsync(Visitor visitor, int courses)
    {
        await visitor.PressesAsync("去支付");
        await visitor.PressesAsync("付款");
        await visitor.SeesHeadingAsync($"您已成功购买 {courses} 门课程");
    }

    private static async Task<string> PictureAsync(IPage page)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "pictures", $"{DateTime.UtcNow:HHmmss-fff}.png");
        await page.ScreenshotAsync(new() { Path = file });
        return file;
    }

    [GeneratedRegex(@"\d{10,}", RegexOptions.None, 1000)]
    private static partial Regex NumberIn();
}

/// <summary>Where it broke, with a picture, and what had been wrong before.</summary>
public sealed class StoryBroke(string place, string picture, IEnumerable<string> troubles, Exception failure)
    : Exception($"At {place} (see {picture}): {failure.Message}\n{string.Join('\n', troubles)}", failure);

namespace CourseShop.Tests.Support;

/// <summary>The watch is not asleep.</summary>
[Collection(InBrowser.Name)]
public sealed class PageWatchTests(Chromium chromium)
{
    [BrowserFact]
    public async Task It_notices_what_is_wrong_with_a_page()
    {
        await using var context = await chromium.OpenAsync(Device.Phone, "http://localhost");
        var watch = new PageWatch(context);
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(new()
        {
            Status = route.Request.Url.EndsWith(".png", StringComparison.Ordinal) ? 404 : 200,
            ContentType = "text/html; charset=utf-8",
            Body = """
                <!doctype html><html lang="zh-CN"><title>Wrong</title><meta name="viewport" content="width=device-width">
                <style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style>
                <main><h1>Wrong</h1><p>Too dark</p><img src="lost.png" width="600" height="10"></main>
                <script>console.error('said'); setTimeout(() => { document.title = 'Done'; thrown(); })</script></html>
                """,
        }));
        await page.GotoAsync("/page");
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveTitleAsync("Done");

        await watch.MeasureAsync(page);
        await watch.AskAxeAsync(page);

        var told = string.Join('\n', watch.Troubles);
        foreach (var trouble in (string[])["console: said", "thrown is not defined", "/lost.png answer 404", "px wider", "(light, 390 px) image-alt", "(dark, 390 px) color-contrast"])
            Assert.Contains(trouble, told, StringComparison.Ordinal);
        Assert.DoesNotContain("(light, 390 px) color-contrast", told, StringComparison.Ordinal);
    }
}

using Microsoft.Playwright;

namespace CourseShop.Tests.Support;

/// <summary>What a person holds.</summary>
public enum Device
{
    Phone,
    Desktop,
}

/// <summary>The one browser of a test run, started by the first test that needs it; every person gets a context of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private const int Patience = 20_000; // ms; what is there is found at once

    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<IPlaywright>> _playwright = new(Playwright.CreateAsync);
    private readonly Lazy<Task<IBrowser>> _browser;

    public Chromium() => _browser = new(StartAsync);

    /// <summary>Why tests in a browser are skipped; null where they run.</summary>
    public static string? WhyMissing { get; } =
        File.Exists(Program) || string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? null : $"There is no {Program}.";

    public async Task<IBrowserContext> OpenAsync(Device device, string address, bool hasScripts = true)
    {
        var isPhone = device == Device.Phone;
        var context = await (await _browser.Value).NewContextAsync(new()
        {
            BaseURL = address,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            IsMobile = isPhone,
            HasTouch = isPhone,
            UserAgent = isPhone ? "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36" : null,
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = hasScripts,
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_browser.IsValueCreated)
            await (await _browser.Value).CloseAsync();
        if (_playwright.IsValueCreated)
            (await _playwright.Value).Dispose();
    }

    private async Task<IBrowser> StartAsync() =>
        await (await _playwright.Value).Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags });
}

/// <summary>Tests in a browser run one after another: they share it, and the machine.</summary>
[CollectionDefinition(Name)]
public sealed class InBrowser : ICollectionFixture<Chromium>
{
    public const string Name = "In a browser";
}

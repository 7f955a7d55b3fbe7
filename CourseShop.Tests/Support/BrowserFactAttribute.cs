namespace CourseShop.Tests.Support;

/// <summary>A test that needs Chromium: skipped where there is none, required in CI.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.WhyMissing;
}

/// <summary>The same for several devices, or for several pages.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.WhyMissing;
}

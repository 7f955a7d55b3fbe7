using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pages.Account;

public sealed class EnglishRoomsTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/sign-up")]
    [InlineData("/account/reset")]
    [InlineData("/account/reset?user=a&token=b")]
    [InlineData("/coupons")]
    public async Task A_guest_who_reads_English_finds_no_Chinese_but_names(string path) => AssertEnglish(await _shop.NewShopper().GetAsync(path, "en"));

    [Fact]
    public async Task A_shopper_who_reads_English_finds_no_Chinese_but_names()
    {
        var person = await _shop.SignedInAsync();

        foreach (var path in new[] { "/account", "/account/coupons", "/account/coupons?state=used", "/account/credits", "/account/sign-out", "/coupons" })
            AssertEnglish(await person.GetAsync(path, "en"));
    }

    [Fact]
    public async Task Refusals_are_in_English_too()
    {
        var person = _shop.NewShopper();
        person.Client.DefaultRequestHeaders.Add("Accept-Language", "en");
        var signUp = await person.GetAsync("/account/sign-up");
        var signIn = await person.GetAsync("/account/sign-in");

        AssertEnglish(await person.SubmitAsync(signUp, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "12345", ["Email"] = "x", ["Password"] = "12345678" }));
        AssertEnglish(await person.SubmitAsync(signUp, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "shopper", ["Password"] = "a good long one" }));
        AssertEnglish(await person.SubmitAsync(signIn, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "shopper", ["Password"] = "wrong" }));
    }

    private static void AssertEnglish(SeenPage page)
    {
        var main = page.Document.QuerySelector("main")!;
        foreach (var name in main.QuerySelectorAll("strong,[aria-hidden]").ToList())
            name.Remove();
        Assert.DoesNotContain(main.InnerHtml, letter => letter is >= '\u4e00' and <= '\u9fff');
    }
}

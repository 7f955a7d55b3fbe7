using System.Net;

namespace CourseShop.Tests.Support;

/// <summary>Somebody of whom the shop knows nothing yet.</summary>
public static class Newcomer
{
    /// <summary>Signs up through the shop's page; yields the person and their id.</summary>
    public static async Task<(Shopper Person, long Id)> SignedUpAsync(this ShopHost shop)
    {
        var person = shop.NewShopper();
        return (person, await shop.UserIdAsync(await person.SignUpAsync()));
    }

    /// <summary>Yields the name.</summary>
    public static async Task<string> SignUpAsync(this Shopper person)
    {
        var name = "u" + Guid.NewGuid().ToString("N")[..12];
        var made = await person.SubmitAsync(await person.GetAsync("/account/sign-up"), "form:has(input[type=password])",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Password"] = "a-long-enough-one-7" });
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        return name;
    }
}

using System.Net;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Admin;

/// <summary>Who has which role: only administrators say, and what is taken is gone at once.</summary>
public sealed class PeopleTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_shopper_who_becomes_an_author_may_write_from_the_next_sign_in()
    {
        var admin = await _shop.SignedInAsync("admin");

        var saved = await SaveAsync(admin, "second", Roles.Author);

        Assert.Contains("角色已保存", (await admin.FollowAsync(saved.Location!.OriginalString)).Document.QuerySelector("#flash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await _shop.SignedInAsync("second")).GetAsync("/articles/write")).Status);
    }

    [Fact]
    public async Task Who_loses_a_role_is_signed_out_at_once()
    {
        var author = await _shop.SignedInAsync("author");
        var admin = await _shop.SignedInAsync("admin");

        await SaveAsync(admin, "author");

        Assert.Contains("/account/sign-in", (await author.GetAsync("/articles/write")).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await _shop.SignedInAsync("author")).FollowAsync("/articles/write")).Status);
    }

    [Fact]
    public async Task Nobody_takes_their_own_administrators_role()
    {
        var admin = await _shop.SignedInAsync("admin");

        var refused = await SaveAsync(admin, "admin", Roles.Finance);

        Assert.NotNull(refused.Document.QuerySelector(".notice.bad"));
        Assert.Equal([Roles.Admin], await RolesAsync("admin"));
    }

    [Fact]
    public async Task Two_administrators_who_dismiss_each_other_leave_one()
    {
        await SaveAsync(await _shop.SignedInAsync("admin"), "second", Roles.Admin);
        var (one, other) = (await _shop.UserIdAsync("admin"), await _shop.UserIdAsync("second"));
        var none = new HashSet<string>(StringComparer.Ordinal);

        await Task.WhenAll(new[] { (one, other), (other, one) }.Select(pair => _shop.InScopeAsync<ChangeRoles, Outcome<bool>?>(change => change.RunAsync(pair.Item1, pair.Item2, none, CancellationToken.None))));

        Assert.Equal(1, await _shop.ReadAsync(db => db.HoldersOf(Roles.Admin).CountAsync()));
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("editor")]
    [InlineData("support")]
    public async Task Other_staff_neither_look_nor_give(string name)
    {
        var staff = await _shop.SignedInAsync(name);

        var seen = await staff.FollowAsync("/admin/people");
        var sent = await staff.PostAsync("/admin/people", [await staff.TokenAsync(), Attack.Field("person", $"{await _shop.UserIdAsync(name)}"), Attack.Field("roles", Roles.Admin)]);

        Assert.Equal(HttpStatusCode.Forbidden, seen.Status);
        Assert.Contains("/error/403", sent.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal([name], await RolesAsync(name));
    }

    [Fact]
    public async Task What_is_no_role_is_refused_and_nothing_changes()
    {
        var admin = await _shop.SignedInAsync("admin");

        var refused = await SaveAsync(admin, "second", Roles.Author, "owner");

        Assert.NotNull(refused.Document.QuerySelector(".notice.bad"));
        Assert.Empty(await RolesAsync("second"));
    }

    private async Task<SeenPage> SaveAsync(Shopper admin, string name, params string[] roles) => await admin.PostAsync("/admin/people",
        [await admin.TokenAsync(), Attack.Field("person", $"{await _shop.UserIdAsync(name)}"), .. roles.Select(role => Attack.Field("roles", role))]);

    private Task<List<string>> RolesAsync(string name) => _shop.ReadAsync(db => (
        from user in db.Users
        join held in db.UserRoles on user.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where user.UserName == name
        select role.Name!).ToListAsync());
}

using CourseShop.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Accounts;

public sealed class PasswordChecksTests
{
    private static readonly NewPassword Password = NewPassword.Read("a good long one", null).Value!;

    [Fact]
    public void A_weak_hash_is_renewed_when_its_password_is_right()
    {
        var user = new ShopUser { PasswordHash = Checks(1_000).Hash(Password) };

        var (isRight, stronger) = Checks(20_000).Check(user, Password.Text);

        Assert.True(isRight);
        user.PasswordHash = stronger;
        Assert.Equal((true, null), Checks(20_000).Check(user, Password.Text));
        Assert.Equal((false, null), Checks(20_000).Check(user, Password.Text + "r"));
    }

    [Fact]
    public void Nobody_and_who_has_no_password_yet_are_never_right()
    {
        Assert.False(Checks(1_000).Check(null, Password.Text).IsRight);
        Assert.False(Checks(1_000).Check(new ShopUser(), "").IsRight);
        Assert.False(Checks(1_000).Check(new ShopUser { PasswordHash = Checks(1_000).Hash(Password) }, new string('a', 100_000)).IsRight);
    }

    private static PasswordChecks Checks(int iterations) => new(new PasswordHasher<ShopUser>(Options.Create(new PasswordHasherOptions { IterationCount = iterations })));
}

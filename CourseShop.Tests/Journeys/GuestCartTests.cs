using CourseShop.Tests.Support;

namespace CourseShop.Tests.Journeys;

public sealed class GuestCartTests(Chromium chromium) : Journey(chromium)
{
    [BrowserTheory]
    [InlineData(Device.Phone)]
    [InlineData(Device.Desktop)]
    public Task The_cart_comes_along_through_signing_up_and_is_joined_at_signing_in(Device device) => TellAsync(device, async visitor =>
    {
        await AddAsync(visitor, "go-concurrency-in-practice");
        await AddAsync(visitor, "first-prd");
        await visitor.GoesToAsync("/account/sign-in?returnUrl=/cart");
        await visitor.PressesAsync("注册");
        await visitor.SeesHeadingAsync("注册");
        await visitor.FillsAsync("用户名", "小满");
        await visitor.FillsAsync("密码", "一盏灯下读书-2026");
        await visitor.PressesAsync("注册");
        await visitor.SeesHeadingAsync("购物车");
        await visitor.SeesInCartAsync(2);
        await visitor.SeesAsync("¥357.00");

        await visitor.GoesToAsync("/account/sign-out");
        await visitor.PressesAsync("退出登录");
        await visitor.SeesInCartAsync(0);
        await AddAsync(visitor, "first-prd");
        await AddAsync(visitor, "metrics-tree");
        await visitor.GoesToAsync("/account/sign-in?returnUrl=/cart");
        await visitor.FillsAsync("用户名或邮箱", "小满");
        await visitor.FillsAsync("密码", "一盏灯下读书-2026");
        await visitor.PressesAsync("登录");
        await visitor.SeesHeadingAsync("购物车");
        await visitor.SeesInCartAsync(3);
        await visitor.SeesAsync("¥506.00");
    });

    private async Task AddAsync(Visitor visitor, string slug)
    {
        await visitor.GoesToAsync($"/courses/{await Shop.CourseIdAsync(slug)}");
        await visitor.PressesAsync("加入购物车");
        await visitor.SeesAsync("已加入购物车");
    }
}

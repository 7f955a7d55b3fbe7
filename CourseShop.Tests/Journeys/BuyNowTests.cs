using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

public sealed class BuyNowTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task Buying_at_once_leaves_the_cart_alone() => TellAsync(Device.Phone, async visitor =>
    {
        await visitor.GoesToAsync($"/courses/{await Shop.CourseIdAsync("sql-thirty-questions")}");
        await visitor.PressesAsync("加入购物车");
        await visitor.SeesInCartAsync(1);

        await visitor.GoesToAsync($"/courses/{await Shop.CourseIdAsync("go-concurrency-in-practice")}");
        await visitor.PressesAsync("立即购买");
        await visitor.SignsInAsync();
        await visitor.SeesTotalAsync("¥206.10");
        await SubmitAsync(visitor);
        await PayAsync(visitor, courses: 1);
        await visitor.SeesInCartAsync(1);

        await visitor.GoesToAsync("/courses?q=Pandas");
        await visitor.PressesAsync("立即购买《Pandas 与脏数据：清洗、合并、核对》");
        await visitor.SeesHeadingAsync("确认订单");
        await SubmitAsync(visitor);
        await visitor.SeesInCartAsync(1);
    });

    [BrowserFact]
    public Task A_free_course_is_had_with_one_press() => TellAsync(Device.Phone, async visitor =>
    {
        await visitor.SignsInAsync();
        await visitor.GoesToAsync("/courses?price=free");
        await visitor.PressesAsync("立即购买《Git 日常：提交、分支与后悔药》");
        await visitor.SeesTotalAsync("免费");
        await visitor.PressesAsync("提交订单");
        await visitor.SeesHeadingAsync("您已成功购买 1 门课程");

        await visitor.GoesToAsync("/orders");
        await visitor.SeesAsync("已支付");
        Assert.False(await Shop.ReadAsync(db => db.Payments.AnyAsync()));
    });
}

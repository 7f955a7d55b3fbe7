using System.Text.RegularExpressions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Journeys;

/// <summary>What the shop sells stays Chinese; what the shop says is English.</summary>
public sealed partial class EnglishTests(Chromium chromium) : Journey(chromium)
{
    /// <summary>Everything a person reads or is read to, but for pictures made of signs and the text of courses.</summary>
    private const string ChineseOnThePage = """
        () => {
          const isChinese = text => /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(text);
          const isLeftOut = element => element.closest('[aria-hidden=true], .prose, script, noscript, [lang="zh-CN"]');
          const texts = [document.title];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode())
            if (!isLeftOut(walker.currentNode.parentElement) && walker.currentNode.parentElement.localName !== 'textarea') texts.push(walker.currentNode.data.trim());
          for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
            for (const element of document.querySelectorAll(`[${name}]`))
              if (!isLeftOut(element)) texts.push(element.getAttribute(name));
          return texts.filter(isChinese);
        }
        """;

    [BrowserFact]
    public Task Pages_for_guests_are_in_English() => ReadAsync(null, orders =>
    [
        "/", "/courses", "/courses?q=没有这门课", $"/courses/{orders.Owned}", "/courses/1", "/teachers/1", $"/learn/{orders.Owned}/{orders.Video}",
        $"/learn/{orders.Owned}/{orders.Text}", "/cart", "/coupons", "/account/sign-in", "/account/sign-up", "/account/reset", "/about", "/help", "/nowhere", "/alipay-simulator",
        "/articles", "/articles?q=没有这篇文章", "/articles/2", "/articles/2/likes", "/authors/3",
    ]);

    [BrowserFact]
    public Task Pages_for_shoppers_are_in_English() => ReadAsync("shopper", orders =>
    [
        $"/courses/{orders.Owned}", "/cart", "/checkout?course=1", "/orders", "/orders?q=没有这个订单", $"/orders/{orders.Open}", $"/orders/{orders.Open}/pay", $"/orders/{orders.Open}/result",
        $"/orders/{orders.Paid}", $"/orders/{orders.Paid}/result", $"/orders/{orders.Paid}/receipt", $"/orders/{orders.Cancelled}/result", $"/orders/{orders.TimedOut}/result",
        "/learn", $"/learn/{orders.Owned}/{orders.Text}", "/account", "/account/coupons", "/account/credits", "/account/sign-out", "/account/notices", "/articles/2",
        $"/orders/{orders.Paid}/refund", "/wallet", "/wallet/top-up", "/wallet/withdraw", "/wallet/statement", "/articles/2/tip",
    ]);

    [BrowserFact]
    public Task Pages_for_authors_are_in_English() => ReadAsync("author", _ => ["/articles/mine", "/articles/write", "/articles/write/2", "/articles/2", "/account/notices", "/wallet/earnings", "/wallet/withdraw"]);

    [BrowserFact]
    public Task Pages_for_staff_are_in_English() => ReadAsync("admin", orders =>
    [
        "/admin", "/admin/orders", $"/admin/orders/{orders.Paid}", $"/admin/orders/{orders.Paid}/refund", "/admin/payments", "/admin/refunds", "/admin/notifications", "/admin/reconciliation",
        $"/admin/reconciliation/{orders.Reconciled}", "/admin/check", $"/admin/money?q={orders.Paid}", "/admin/articles", "/admin/comments", "/admin/withdrawals", "/admin/tips", "/admin/people",
    ]);

    private Task ReadAsync(string? name, Func<ShopperWithOrders, string[]> pages) => TellAsync(Device.Desktop, async visitor =>
    {
        var orders = await ShopperWithOrders.InAsync(Shop);
        var goods = await GoodsAsync();
        if (name is not null)
            await visitor.SignsInAsync(name);
        visitor.Watch.Expect(403);
        visitor.Watch.Expect(404);
        await visitor.GoesToAsync("/about");
        await visitor.PressesAsync(visitor.Page.GetByRole(AriaRole.Contentinfo), "English");
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");

        var left = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in pages(orders))
        {
            await visitor.GoesToAsync(path);
            foreach (var text in (await visitor.Page.EvaluateAsync<string[]>(ChineseOnThePage)).Where(text => IsChinese(text, goods)))
                left.TryAdd(text, path);
        }

        Assert.True(left.Count == 0, string.Join('\n', left.Select(found => $"{found.Key} ({found.Value})")));
    });

    private static bool IsChinese(string text, IReadOnlyList<string> goods)
    {
        foreach (var known in goods)
            text = text.Replace(known, "", StringComparison.Ordinal);
        return Chinese().IsMatch(text);
    }

    /// <summary>What comes from the database or from the address, longest first.</summary>
    private async Task<IReadOnlyList<string>> GoodsAsync()
    {
        var goods = await Shop.ReadAsync(async db => new List<string>(
        [
            "课程商店", "没有这门课", "没有这个订单", "没有这篇文章",
            .. await db.Articles.Select(article => article.Title).ToListAsync(), .. await db.Articles.Select(article => article.Summary).ToListAsync(), .. await db.Notebooks.Select(notebook => notebook.Name).ToListAsync(),
            .. await db.Comments.Select(comment => comment.Text).ToListAsync(), .. await db.Users.Select(user => user.Nickname).ToListAsync(), .. await db.Users.Select(user => user.Motto).ToListAsync(),
            .. await db.Courses.Select(course => course.Title).ToListAsync(), .. await db.Courses.Select(course => course.Pitch).ToListAsync(),
            .. await db.Chapters.Select(chapter => chapter.Title).ToListAsync(), .. await db.Lessons.Select(lesson => lesson.Title).ToListAsync(),
            .. await db.Categories.Select(category => category.Name).ToListAsync(), .. await db.Categories.Select(category => category.Pitch).ToListAsync(),
            .. await db.Teachers.Select(teacher => teacher.Name).ToListAsync(), .. await db.Teachers.Select(teacher => teacher.Title).ToListAsync(),
            .. (await db.Teachers.Select(teacher => teacher.Bio).ToListAsync()).SelectMany(bio => bio.Replace("*", "", StringComparison.Ordinal).Split('\n')),
            .. await db.Campaigns.Select(campaign => campaign.Name).ToListAsync(), .. await db.Coupons.Select(coupon => coupon.Name).ToListAsync(),
        ]));
        return [.. goods.Where(text => text.Length > 1).OrderByDescending(text => text.Length)];
    }

    [GeneratedRegex(@"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", RegexOptions.None, 1000)]
    private static partial Regex Chinese();
}

using System.Net;
using System.Text.Json;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

/// <summary>Texts of others are shown as texts, in pages and in the log.</summary>
public sealed class InjectionTests : IDisposable
{
    private const string Evil = """</title></textarea>"'><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>{{7*7}}""";

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Whatever_is_in_the_database_runs_on_no_page()
    {
        var course = await _shop.PlainCourseAsync();
        var buyer = await _shop.SignedInAsync("admin");
        var number = await buyer.OrderAsync(course);
        await buyer.OpenPaymentAsync(number);
        await _shop.PayAtAlipayAsync(number);
        await buyer.GetAsync($"/orders/{number}/result");
        await _shop.NotifyAsync($"out_trade_no={number}&subject={Evil}");
        await _shop.WriteAsync(PoisonAsync);
        var waiting = await buyer.OrderAsync(await _shop.PlainCourseAsync(1));
        await buyer.AddToCartAsync(await _shop.PlainCourseAsync(2));

        foreach (var route in (await Route.OfAsync(_shop)).Where(route => route.Page is not null))
        {
            foreach (var order in new[] { number, waiting })
            {
                var page = await buyer.GetAsync(route.Fill(part => part == "number" ? order : part == "code" ? "404" : $"{course}"));
                Assert.True((int)page.Status < 500 && page.Foreign() is null, $"{route.Pattern} {page.Status}: {page.Foreign()}");
            }
        }

        Assert.Null((await buyer.GetAsync($"/checkout?course={await _shop.PlainCourseAsync(3)}")).Foreign());
        Assert.Contains("<script>alert(1)</script>", (await buyer.GetAsync($"/orders/{waiting}")).Text, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", (await buyer.GetAsync("/admin/notifications")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/courses?q=")]
    [InlineData("/courses?category=")]
    [InlineData("/orders?q=")]
    [InlineData("/admin/orders?q=")]
    [InlineData("/admin/payments?q=")]
    [InlineData("/admin/notifications?q=")]
    [InlineData("/account/sign-up?returnUrl=/")]
    [InlineData("/account/reset?token=a&user=")]
    [InlineData("/nowhere/")]
    public async Task What_is_asked_is_shown_and_does_not_run(string path)
    {
        var page = await (await _shop.SignedInAsync("admin")).GetAsync(path + Uri.EscapeDataString(Evil));
        var guests = await _shop.NewShopper().GetAsync(path + Uri.EscapeDataString(Evil));

        Assert.Null(page.Foreign());
        Assert.Null(guests.Foreign());
    }

    [Fact]
    public async Task A_name_is_a_name()
    {
        var guest = _shop.NewShopper();
        var name = "<img/src=x>";
        var made = await guest.SubmitAsync(await guest.GetAsync("/account/sign-up"), "form:has(input[type=password])", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Email"] = "\"<b>\"@example.com", ["Password"] = "a-long-enough-one-7" });
        if (made.Status == HttpStatusCode.OK)
            made = await guest.SubmitAsync(made, "form:has(input[type=password])", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Email"] = "", ["Password"] = "a-long-enough-one-7" });
        var number = await guest.OrderAsync(await _shop.FreeCourseAsync());
        var staff = await _shop.SignedInAsync("support");

        foreach (var page in new[] { await guest.GetAsync("/"), await guest.GetAsync("/account"), await guest.GetAsync($"/orders/{number}/receipt"), await staff.GetAsync("/admin/orders"), await staff.GetAsync($"/admin/orders/{number}") })
        {
            Assert.Contains(name, page.Document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.Document.QuerySelector("img[src=x]"));
        }
    }

    [Fact]
    public async Task The_log_has_one_line_for_each_event_and_no_secret()
    {
        _shop.Settings["Serilog:MinimumLevel"] = "Information";
        var guest = _shop.NewShopper();
        const string forged = "x\r\n{\"Timestamp\":\"2026-01-01\",\"MessageTemplate\":\"forged\"}\u001b[31m";
        foreach (var path in new[] { "/courses?q=", "/account/sign-in?returnUrl=", "/nowhere?" })
            await guest.GetAsync(path + Uri.EscapeDataString(forged));
        await guest.PostAsync("/account/sign-in", [await guest.TokenAsync(), new("Name", forged), new("Password", "my-secret-password")]);
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        var gateway = await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync($"sign=forged-signature&out_trade_no={Uri.EscapeDataString(forged)}");
        _shop.Alipay.Mood = AlipayMood.Garbage;
        await shopper.GetAsync($"/orders/{number}/result");
        _shop.Alipay.Mood = AlipayMood.Well;
        var trade = await _shop.PayAtAlipayAsync(number);
        var notification = FakeAlipay.Notification(number, trade, _shop.Alipay.Trades[number].Amount);
        await _shop.NotifyAsync(notification);
        await _shop.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Teachers RENAME TO Gone"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await shopper.GetAsync("/courses?q=" + Uri.EscapeDataString(forged))).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await shopper.GetAsync("/courses/1?x=" + Uri.EscapeDataString(forged))).Status);

        var log = await ReadLogAsync();
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.DoesNotContain(lines, line => line.Contains("\"MessageTemplate\":\"forged\"", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', log);
        var signature = gateway.Location!.OriginalString.Split("sign=")[1].Split('&')[0];
        var session = (await _shop.ReadAsync(db => db.SignInSessions.Select(kept => kept.Key).ToListAsync())).ToList();
        foreach (var secret in session.Concat([CourseShop.Data.OpenSampleShop.Password, "my-secret-password", "forged-signature", signature, Uri.UnescapeDataString(signature), notification, "session=", "PRIVATE KEY", "__RequestVerificationToken"]))
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        Assert.NotEmpty(lines);
    }

    /// <summary>Every text that staff or Alipay could have written.</summary>
    private static async Task PoisonAsync(CourseShop.Data.ShopDb db)
    {
        await db.Database.ExecuteSqlRawAsync(Tampering.DropTriggers);
        await db.Courses.ExecuteUpdateAsync(set => set.SetProperty(course => course.Title, Evil).SetProperty(course => course.Pitch, Evil).SetProperty(course => course.Description, $"# {Evil}\n\n[a](javascript:alert(1)) ![b](javascript:alert(1)) <javascript:alert(1)>\n\n{Evil}"));
        await db.Teachers.ExecuteUpdateAsync(set => set.SetProperty(teacher => teacher.Name, Evil).SetProperty(teacher => teacher.Title, Evil).SetProperty(teacher => teacher.Bio, Evil));
        await db.Categories.ExecuteUpdateAsync(set => set.SetProperty(category => category.Name, Evil).SetProperty(category => category.Pitch, Evil));
        await db.Chapters.ExecuteUpdateAsync(set => set.SetProperty(chapter => chapter.Title, Evil));
        await db.Lessons.ExecuteUpdateAsync(set => set.SetProperty(lesson => lesson.Title, Evil).SetProperty(lesson => lesson.Text, Evil));
        await db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(campaign => campaign.Name, Evil));
        await db.Coupons.ExecuteUpdateAsync(set => set.SetProperty(coupon => coupon.Name, Evil));
        await db.OrderLines.ExecuteUpdateAsync(set => set.SetProperty(line => line.CourseTitle, Evil).SetProperty(line => line.CampaignName, Evil));
        await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(order => order.Title, Evil).SetProperty(order => order.CouponName, Evil));
        await db.OrderEvents.ExecuteUpdateAsync(set => set.SetProperty(step => step.Detail, Evil));
        await db.Payments.ExecuteUpdateAsync(set => set.SetProperty(payment => payment.TradeNo, Evil).SetProperty(payment => payment.Buyer, Evil));
        await db.PaymentNotifications.ExecuteUpdateAsync(set => set.SetProperty(notification => notification.OutTradeNo, Evil).SetProperty(notification => notification.TradeStatus, Evil).SetProperty(notification => notification.RemoteAddress, Evil));
        await db.Articles.ExecuteUpdateAsync(set => set.SetProperty(article => article.Title, Evil).SetProperty(article => article.Text, Evil).SetProperty(article => article.Summary, Evil).SetProperty(article => article.CoverPath, Evil));
        await db.Comments.ExecuteUpdateAsync(set => set.SetProperty(comment => comment.Text, Evil));
        await db.Users.ExecuteUpdateAsync(set => set.SetProperty(user => user.Motto, Evil));
        await db.Users.Where(user => user.UserName == "admin").ExecuteUpdateAsync(set => set.SetProperty(user => user.Nickname, Evil));
    }

    private async Task<string> ReadLogAsync()
    {
        await using var file = new FileStream(Directory.GetFiles(Path.Combine(_shop.DataFolder, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}

using CourseShop.Accounts;
using CourseShop.AlipaySimulator;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Messaging;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Pages;
using CourseShop.Pages.Courses;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Payments.Reconciling;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Publishing;
using CourseShop.Sharing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.DataProtection;

// settings are read at start and once: their files are not watched
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, "--hostBuilder:reloadConfigOnChange=false"], ContentRootPath = ShopFiles.Root() });
var awake = Task.Run(() => PrepareShop.WakeLibraries(builder.Configuration)); // one core puts the shop together, the other has nothing to do yet
builder.WebHost.ConfigureKestrel(server =>
{
    server.AddServerHeader = false;
    server.Limits.MaxRequestBodySize = 1024 * 1024; // forms only; the page that takes pictures has a limit of its own
});
builder.AddShopLogging();
var usesSimulator = builder.UsesSimulator();
if (usesSimulator)
    builder.AddAlipaySimulator();
builder.Services.AddShopSettings(builder.Environment);
builder.Services.AddShopData(builder.Configuration);
builder.Services.AddSharing();
builder.Services.AddAccounts(builder.Environment);
builder.Services.AddPricing();
builder.Services.AddPromotions();
builder.Services.AddLearning();
builder.Services.AddCarts();
builder.Services.AddPayments();
builder.Services.AddReconciling();
builder.Services.AddAlipay(builder.Configuration, builder.Environment.IsProduction());
builder.Services.AddWallets();
builder.Services.AddOrdering();
builder.Services.AddMessaging();
builder.Services.AddPublishing();
builder.Services.AddTips();
builder.Services.AddOperations();
builder.Services.AddShopPages(builder.Environment);
builder.Services.AddGuestPages();

var app = builder.Build();
return await StartCheck.SayWhatIsWrongAsync(async () =>
{
    if (await app.RunCommandAsync(args) is { } exitCode)
        return exitCode;
    app.RequireRightSettings();
    var prepared = Task.Run(PrepareAsync); // while the addresses are mapped: the shop opens sooner
    AnswerRequests();
    await prepared;
    app.AnnounceAddress(usesSimulator);
    await app.RunAsync();
    return 0;
});

async Task PrepareAsync()
{
    await awake;
    await app.PrepareAsync();
    await app.Services.GetRequiredService<ShopWindow>().LookAsync(app.Lifetime.ApplicationStopping);
    app.Services.GetDataProtector("start").Protect([]); // reads the keys of cookies and forms
}

void AnswerRequests()
{
    app.UseReverseProxy();
    app.UseSecurityHeaders();
    app.UseErrorPages();
    app.UseRequestGuard(AlipayNotifyEndpoint.Path, GatewayEndpoint.Address);
    app.UseCovers();
    app.UseRequestLocalization();
    app.UseRouting();
    app.UseGuestPages();
    app.UseAuthentication();
    app.UsePrivatePages();
    app.UseAuthorization();
    app.MapStaticAssets().AllowAnonymous();
    app.MapHealth();
    app.MapDeepHealth();
    app.MapPreferences();
    app.MapSuggestions();
    app.MapAlipayNotify();
    app.MapOrderState();
    app.MapTopUpState();
    app.MapTipState();
    if (usesSimulator)
        app.MapAlipaySimulator();
    app.MapLearning();
    app.MapPublishing();
    app.MapRazorPages().WithStaticAssets();
    app.MapFallback("{**path}", ErrorPages.NothingHere).AllowAnonymous();
}

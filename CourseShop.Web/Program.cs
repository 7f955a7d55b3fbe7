using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Operations;
using CourseShop.Pages;
using CourseShop.Pricing;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ShopFiles.Root() });
builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
builder.AddShopLogging();
builder.Services.AddShopSettings(builder.Environment);
builder.Services.AddShopData();
builder.Services.AddAccounts(builder.Environment);
builder.Services.AddPricing();
builder.Services.AddLearning();
builder.Services.AddCarts();
builder.Services.AddShopPages(builder.Environment);

var app = builder.Build();
app.UseRequestGuard();
app.UseSecurityHeaders();
app.UseExceptionHandler("/error/500");
app.UseStatusCodePagesWithReExecute("/error/{0}");
app.UseRequestLocalization();
app.UseRouting();
app.UseAuthentication();
app.UsePrivatePages();
app.UseAuthorization();
app.MapStaticAssets().AllowAnonymous();
app.MapPreferences();
app.MapLearning();
app.MapRazorPages().WithStaticAssets();
app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();

await app.PrepareAsync();
app.Run();

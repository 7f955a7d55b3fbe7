using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
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
builder.Services.AddCarts();
builder.Services.AddShopPages(builder.Environment);
builder.Services.AddGuestPages();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UseRequestGuard();
app.UseRequestLocalization();
app.UseRouting();
app.UseGuestPages();
app.UseAuthentication();
app.UsePrivatePages();
app.UseAuthorization();
app.MapStaticAssets().AllowAnonymous();
app.MapPreferences();
app.MapRazorPages().WithStaticAssets();
app.MapFallback(() => Results.NotFound()).AllowAnonymous();

await app.PrepareAsync();
app.Run();

using CourseShop.Accounts;
using CourseShop.Bench;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Sharing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Diagnostics;
using System.Globalization;

// dotnet run --project bench/Scale -c Release -- SECONDS AT-ONCE
// Orders placed and paid by the shop's own verbs, as many at once, in a sample shop that the same settings name (Database__Provider, ConnectionStrings__Shop,
// Shop__DataFolder). Start it several times at once for several servers.
var seconds = int.Parse(args[0], CultureInfo.InvariantCulture);
var atOnce = int.Parse(args[1], CultureInfo.InvariantCulture);
var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
var services = new ServiceCollection();
services.AddSingleton<IConfiguration>(configuration).AddLogging(log => log.AddSimpleConsole().SetMinimumLevel(LogLevel.Error)).AddSingleton(TimeProvider.System);
services.Configure<ShopOptions>(shop => shop.DataFolder = configuration["Shop:DataFolder"] ?? "data");
services.Configure<IdentityOptions>(AccountsModule.ConfigureSchema);
services.AddShopData(configuration).AddSharing().AddPricing().AddPromotions().AddCarts().AddPayments().AddWallets().AddOrdering();
await using var shop = services.BuildServiceProvider();

var buyers = new Buyers(shop);
await buyers.PrepareAsync();
await buyers.BuyAsync(TimeSpan.FromSeconds(3), atOnce);
var (cpu, since) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
var took = await buyers.BuyAsync(TimeSpan.FromSeconds(seconds), atOnce);
var elapsed = Stopwatch.GetElapsedTime(since).TotalSeconds;
took.Sort();
var busy = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds / elapsed;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{atOnce} at once: {took.Count / elapsed:0} orders a second, placed and paid ({took.Count * 60 / elapsed:0} a minute), {took[took.Count / 2]:0} ms, p99 {took[(int)(took.Count * 0.99)]:0} ms, {busy:0.0} cores here"));

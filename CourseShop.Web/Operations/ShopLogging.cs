using System.Globalization;
using CourseShop.Common;
using Microsoft.AspNetCore.Connections;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Json;
using Serilog.Settings.Configuration;

namespace CourseShop.Operations;

public static class ShopLogging
{
    /// <summary>People read the console; the file in the data folder is JSON, by day, two weeks of it.</summary>
    public static void AddShopLogging(this WebApplicationBuilder builder)
    {
        var shop = builder.Configuration.GetSection("Shop").Get<ShopOptions>() ?? new ShopOptions();
        var folder = Path.Combine(builder.Environment.ContentRootPath, shop.DataFolder, "logs");
        var fromHost = Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host");
        var logging = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration, new ConfigurationReaderOptions(typeof(ConsoleLoggerConfigurationExtensions).Assembly, typeof(FileLoggerConfigurationExtensions).Assembly)) // named: not looked for in all files of the program
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error) // keys lie in the data folder, readable by the shop alone
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error) // that a page with a form is not kept is meant
            .Filter.ByExcluding(line => line.Exception?.InnerException is AddressInUseException || line.Exception is OperationCanceledException && fromHost(line)) // StartCheck says in a sentence why it didn't start
            .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}");
        if (!builder.Environment.IsProduction() || Path.IsPathRooted(shop.DataFolder)) // else the start is refused and leaves nothing behind
            logging.WriteTo.File(new JsonFormatter(), Path.Combine(folder, "shop-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, fileSizeLimitBytes: 50_000_000, rollOnFileSizeLimit: true, shared: true);
        builder.Logging.ClearProviders().AddSerilog(logging.CreateLogger(), dispose: true);
    }
}

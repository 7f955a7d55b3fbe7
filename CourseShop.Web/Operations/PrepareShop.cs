using System.Security.Cryptography;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.Data.Sqlite;

namespace CourseShop.Operations;

public static class PrepareShop
{
    private static readonly Version OldestSqlite = new(3, 38);

    /// <summary>Before the first request: the database is brought up to date, and where the settings ask for it the sample shop is opened.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        if (app.Environment.IsProduction() && !DataModule.IsPostgres(app.Configuration))
            RequireSafeSqlite();
        var opensSampleShop = app.OpensSampleShop();
        await using var scope = app.Services.CreateAsyncScope();
        var stop = app.Lifetime.ApplicationStopping;
        var migrated = await scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(stop);
        if (opensSampleShop)
            await scope.ServiceProvider.GetRequiredService<OpenSampleShop>().RunAsync(stop);
        if (migrated > 0 || opensSampleShop)
            await scope.ServiceProvider.GetRequiredService<IndexCourses>().RunAsync(stop);
    }

    /// <summary>One line that says where the shop is, and in Development what it plays.</summary>
    public static void AnnounceAddress(this WebApplication app, bool usesSimulator) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<ShopAddress>();
        var sample = app.OpensSampleShop() ? $"示例商店，登录 shopper 或 admin，密码 {OpenSampleShop.Password}；" : "";
        Console.WriteLine($"课程商店已开门：{address.Own()} （{sample}{(usesSimulator ? "支付宝是模拟器" : "支付宝已接通")}）");
    });

    private static bool OpensSampleShop(this WebApplication app)
    {
        var isWanted = app.Configuration.GetValue("SampleShop:Enabled", app.Environment.IsDevelopment());
        return isWanted && app.Environment.IsProduction()
            ? throw new WrongSettingException("SampleShop:Enabled must be false in Production: its users have a well-known password.")
            : isWanted;
    }

    /// <summary>What is slow when it is first used, and used before the first page: SQLite, and OpenSSL for the keys.</summary>
    public static void WakeLibraries(IConfiguration configuration)
    {
        using var rsa = RSA.Create();
        if (DataModule.IsPostgres(configuration))
            return;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
    }

    private static void RequireSafeSqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        if (Version.Parse(connection.ServerVersion) < OldestSqlite)
            throw new WrongSettingException($"The SQLite library found here is {connection.ServerVersion}; Production needs {OldestSqlite} or newer. Install the system's libsqlite3 (Debian: apt-get install libsqlite3-0).");
    }
}

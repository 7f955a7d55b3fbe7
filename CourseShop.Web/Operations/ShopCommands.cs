using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>What the program does other than serve: <c>migrate</c>, <c>check</c>, <c>admin NAME</c>, <c>migrate-to-postgres</c>.</summary>
public static class ShopCommands
{
    private const string Usage = """
        CourseShop.Web            serve
        CourseShop.Web migrate    bring the database up to date
        CourseShop.Web check      compare the books with every money invariant: 0 when all hold, 1 with the rows when not
        CourseShop.Web migrate-to-postgres [FILE]
                                  move a SQLite shop (shop.db in the data folder) into the PostgreSQL database that the settings name
        CourseShop.Web admin NAME make the first administrator and print a one-time link
        """;

    /// <summary>The exit code of a command, or null when the shop is to serve.</summary>
    public static async Task<int?> RunCommandAsync(this WebApplication app, string[] args)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        if (words.Length == 0)
            return null;

        app.RequireDataFolder();
        await using var scope = app.Services.CreateAsyncScope();
        return words switch
        {
            ["migrate"] => await MigrateAsync(scope.ServiceProvider),
            ["migrate-to-postgres"] => await MoveAsync(scope.ServiceProvider, null),
            ["migrate-to-postgres", var file] => await MoveAsync(scope.ServiceProvider, file),
            ["check"] => await CheckAsync(scope.ServiceProvider),
            ["admin", var name] => await MakeAdministratorAsync(scope.ServiceProvider, name),
            _ => Say(Console.Error, $"There is no command '{string.Join(' ', words)}'.\n{Usage}", 2),
        };
    }

    private static async Task<int> MigrateAsync(IServiceProvider services)
    {
        var applied = await services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        return Say(Console.Out, applied == 0 ? "The database is up to date." : $"The database is up to date: {applied} migrations applied.", 0);
    }

    private static async Task<int> CheckAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<ShopDb>();
        await db.Dialect.PrepareAsync(db, CancellationToken.None);
        await db.Dialect.RequireWholeAsync(db, CancellationToken.None);
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
            return Say(Console.Error, "The database is not up to date: run migrate, or start the shop.", 1);
        var report = await services.GetRequiredService<CheckMoney>().RunAsync(CheckPlan.Everything, CancellationToken.None);
        var text = CheckText.Of(report, services.GetRequiredService<IStringLocalizer<Words>>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        return Say(Console.Out, text.TrimEnd(), report.Broken.Count == 0 ? 0 : 1);
    }

    private static async Task<int> MoveAsync(IServiceProvider services, string? file)
    {
        using var bar = new ProgressBar(Console.Out, !Console.IsOutputRedirected);
        var rows = await ActivatorUtilities.CreateInstance<MoveToPostgres>(services).RunAsync(file, bar.Show, CancellationToken.None);
        bar.Dispose();
        return Say(Console.Out, $"{rows} rows were moved, compared row by row, and the books checked. From now on the shop opens on PostgreSQL; keep the SQLite file until that is backed up.", 0);
    }

    private static async Task<int> MakeAdministratorAsync(IServiceProvider services, string name)
    {
        await services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        var words = services.GetRequiredService<IStringLocalizer<Words>>();
        if (UserName.Read(name) is { Refusal: { } bad })
            return Say(Console.Error, words[bad.Key, bad.Arguments], 1);
        var made = await services.GetRequiredService<MakeAdministrator>().RunAsync(UserName.Read(name).Value!, CancellationToken.None);
        return made.Refusal is { } why
            ? Say(Console.Error, words[why.Key, why.Arguments], 1)
            : Say(Console.Out, $"{words["请在 1 小时内打开这个链接设置密码（只能用一次）："].Value}\n{made.Value}", 0);
    }

    private static int Say(TextWriter to, string text, int exitCode)
    {
        to.WriteLine(text);
        return exitCode;
    }
}

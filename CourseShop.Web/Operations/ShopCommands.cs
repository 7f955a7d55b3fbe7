using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>What the program does other than serve: <c>migrate</c>, <c>check</c>, <c>admin NAME</c>, <c>seed --orders N</c>, <c>migrate-to-postgres</c>.</summary>
public static class ShopCommands
{
    private const string Usage = """
        CourseShop.Web            serve
        CourseShop.Web migrate    bring the database up to date
        CourseShop.Web check      compare the books with every money invariant: 0 when all hold, 1 with the rows when not
        CourseShop.Web migrate-to-postgres [FILE]
                                  move a SQLite shop (shop.db in the data folder) into the PostgreSQL database that the settings name
        CourseShop.Web admin NAME make the first administrator and print a one-time link
        CourseShop.Web seed --orders N [--opened M] [--overdue M]
                                  fill a sample shop with orders, the same every time, to measure with; the last M wait at Alipay's cashier,
                                  and M before them are past their deadline. Never in Production
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
            ["seed"] => await SeedAsync(scope.ServiceProvider, app),
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
        if (!await services.GetRequiredService<MigrateDatabase>().IsUpToDateAsync(CancellationToken.None))
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

    private static async Task<int> SeedAsync(IServiceProvider services, WebApplication app)
    {
        if (app.Environment.IsProduction())
            throw new WrongSettingException("seed invents orders and shoppers: never in Production. For a shop to measure with, set ASPNETCORE_ENVIRONMENT=Development and a Shop:DataFolder of its own.");
        int Number(string name) => int.TryParse(app.Configuration[name] ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var size = new SeedSize(Number("orders"), Number("opened"), Number("overdue"));
        if (size.Orders is < 1 or > SeedOrders.Most || size.Opened < 0 || size.Overdue < 0 || (long)size.Opened + size.Overdue > size.Orders)
            return Say(Console.Error, $"How many orders? seed --orders N takes 1 to {SeedOrders.Most}, of which --opened and --overdue are a part.\n{Usage}", 2);

        await services.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None);
        await services.GetRequiredService<SeedOrders>().RunAsync(size, done => Console.Error.Write($"\r{done:N0} of {size.Orders:N0} orders"), CancellationToken.None);
        Console.Error.WriteLine();
        return Say(Console.Out, $"The shop has {size.Orders:N0} orders.", 0);
    }

    private static int Say(TextWriter to, string text, int exitCode)
    {
        to.WriteLine(text);
        return exitCode;
    }
}

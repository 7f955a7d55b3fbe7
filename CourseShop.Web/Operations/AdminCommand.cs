using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>The command <c>admin NAME</c>.</summary>
public static class AdminCommand
{
    /// <summary>Prints the link by which the first administrator chooses a password; the exit code is 0, or 1 with the reason.</summary>
    public static async Task<int> RunAdminCommandAsync(this WebApplication app, string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var stop = app.Lifetime.ApplicationStopping;
        await scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(stop);

        var read = UserName.Read(name);
        var made = read.Value is { } userName ? await scope.ServiceProvider.GetRequiredService<MakeAdministrator>().RunAsync(userName, stop) : read.Refusal!;
        if (made.Value is { } link)
        {
            Console.WriteLine($"Open this link within an hour to choose the password of {name}:");
            Console.WriteLine(link);
            return 0;
        }

        CultureInfo.CurrentUICulture = new CultureInfo("en"); // what operators read is English
        await Console.Error.WriteLineAsync(scope.ServiceProvider.GetRequiredService<IStringLocalizer<Words>>().Say(made.Refusal!));
        return 1;
    }
}

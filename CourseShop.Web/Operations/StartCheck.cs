using CourseShop.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CourseShop.Operations;

/// <summary>What who runs the shop can put right is said in sentences on standard error, one a line, without a stack trace; the program then leaves 1.</summary>
public static class StartCheck
{
    public static async Task<int> SayWhatIsWrongAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (Sentences(failure).ToList() is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>Every setting is looked at before anything is written.</summary>
    public static void RequireRightSettings(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (InvalidOperationException unreadable) // a word where a number is meant: the message names the setting
        {
            throw new WrongSettingException(unreadable.Message);
        }

        app.RequireDataFolder();
    }

    /// <summary>The data folder is there, and this process may write in it.</summary>
    public static void RequireDataFolder(this WebApplication app)
    {
        var folder = app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.DataFolder;
        try
        {
            MakeFolder(folder);
            using var probe = new FileStream(Path.Combine(folder, $".probe-{Environment.ProcessId}"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingException($"Shop:DataFolder ({folder}) can't be written: make the folder and give it to the user that runs the shop.");
        }
    }

    // names, orders and keys lie in it: nobody else's to read
    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<string> Sentences(Exception failure) => failure switch
    {
        OptionsValidationException wrong => wrong.Failures,
        WrongSettingException wrong => [wrong.Message],
        AggregateException several => several.InnerExceptions.SelectMany(Sentences),
        IOException { InnerException: AddressInUseException } taken => [$"{taken.Message.TrimEnd('.')}. Stop what listens there, or choose another address: --urls http://localhost:5081"],
        _ => [],
    };
}

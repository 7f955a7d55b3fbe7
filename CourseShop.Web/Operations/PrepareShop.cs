using CourseShop.Data;

namespace CourseShop.Operations;

public static class PrepareShop
{
    /// <summary>Before the first request: the database is brought up to date, and where the settings ask for it the sample shop is opened.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var stop = app.Lifetime.ApplicationStopping;
        await scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(stop);
        if (!app.Configuration.GetValue("SampleShop:Enabled", app.Environment.IsDevelopment()))
            return;
        if (app.Environment.IsProduction())
            throw new InvalidOperationException("SampleShop:Enabled must be false in Production: its users have a well-known password.");
        await scope.ServiceProvider.GetRequiredService<OpenSampleShop>().RunAsync(stop);
    }
}

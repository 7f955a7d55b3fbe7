namespace CourseShop.Operations;

public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddScoped<CheckMoney>().AddScoped<WatchMoney>().AddScoped<ReadAlarms>().AddScoped<FindMoney>();
        services.AddHostedService<MoneyWatchdog>().AddHostedService<StopSlowly>();
        return services;
    }
}

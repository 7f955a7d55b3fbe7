namespace CourseShop.Operations;

public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddScoped<CheckMoney>();
        return services;
    }
}

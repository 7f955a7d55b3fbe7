namespace CourseShop.Carts;

public static class CartsModule
{
    public static IServiceCollection AddCarts(this IServiceCollection services)
    {
        services.AddScoped<CountCart>();
        return services;
    }
}

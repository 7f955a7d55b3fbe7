namespace CourseShop.Carts;

public static class CartsModule
{
    public static IServiceCollection AddCarts(this IServiceCollection services)
    {
        services.AddSingleton<AddToCart>().AddSingleton<ChangeCart>().AddSingleton<AdoptGuestCart>();
        services.AddSingleton<CartCountQueries>();
        services.AddScoped<CountCart>().AddScoped<ReadCart>();
        return services;
    }
}

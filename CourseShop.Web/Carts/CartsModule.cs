namespace CourseShop.Carts;

public static class CartsModule
{
    public static IServiceCollection AddCarts(this IServiceCollection services)
    {
        services.AddSingleton<AddToCart>().AddSingleton<ChangeCart>().AddSingleton<AdoptGuestCart>();
        services.AddScoped<ReadCart>();
        return services;
    }
}

namespace CourseShop.Promotions;

public static class PromotionsModule
{
    public static IServiceCollection AddPromotions(this IServiceCollection services) =>
        services.AddScoped<ClaimCoupon>().AddScoped<RedeemCode>();
}

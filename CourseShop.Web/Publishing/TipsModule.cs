using CourseShop.Payments;

namespace CourseShop.Publishing;

public static class TipsModule
{
    public static IServiceCollection AddTips(this IServiceCollection services)
    {
        services.AddOptions<TipOptions>().BindConfiguration("Tips")
            .Validate(options => options.PlatformShare is >= 0 and <= 1 && options.PlatformShare * 10_000 % 1 == 0, "Tips:PlatformShare must lie between 0 and 1, with at most four decimals.")
            .ValidateOnStart();
        services.AddSingleton<IPaymentReceiver, TipPayments>();
        return services.AddSingleton<LeaveTip>().AddSingleton<OpenTip>().AddScoped<TakeBackTip>();
    }
}

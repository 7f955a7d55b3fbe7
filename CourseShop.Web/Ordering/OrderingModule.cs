using CourseShop.Payments;

namespace CourseShop.Ordering;

public static class OrderingModule
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddOptions<OrderingOptions>().BindConfiguration("Ordering")
            .Validate(options => options.PaymentTimeout >= TimeSpan.FromMinutes(2) && options.PaymentTimeout <= TimeSpan.FromDays(15),
                "Ordering:PaymentTimeout must lie between 00:02:00 and 15.00:00:00: Alipay takes no other deadlines.")
            .Validate(options => options.SweepEvery >= TimeSpan.FromSeconds(1) && options.SweepEvery <= TimeSpan.FromDays(1),
                "Ordering:SweepEvery must lie between 00:00:01 and 1.00:00:00.")
            .ValidateOnStart();
        services.AddSingleton<IPaymentReceiver, OrderPayments>();
        services.AddSingleton<PlaceOrder>().AddSingleton<OpenPayment>();
        services.AddScoped<QuoteCart>().AddScoped<CancelOrder>().AddScoped<CloseUnpaidOrders>();
        services.AddHostedService<UnpaidOrderSweeper>();
        return services;
    }
}

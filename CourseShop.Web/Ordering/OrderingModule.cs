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
            .Validate(options => options.RefundWindow >= TimeSpan.Zero && options.RefundWindow <= TimeSpan.FromDays(365),
                "Ordering:RefundWindow must lie between 00:00:00 and 365.00:00:00: Alipay refunds no payment that is older.")
            .Validate(options => options.RefundMaxProgress is >= 0 and <= 1,
                "Ordering:RefundMaxProgress must lie between 0 and 1.")
            .ValidateOnStart();
        services.AddSingleton<IPaymentReceiver, OrderPayments>();
        services.AddSingleton<PlaceOrder>().AddSingleton<OpenPayment>()
            .AddSingleton<RequestRefund>().AddSingleton<WithdrawRefund>();
        services.AddScoped<QuoteCart>().AddScoped<CancelOrder>().AddScoped<CloseUnpaidOrders>().AddScoped<PayOrderFromBalance>()
            .AddScoped<SendRefundNow>().AddScoped<DecideRefund>().AddScoped<RefundOrder>();
        services.AddHostedService<UnpaidOrderSweeper>();
        return services;
    }
}

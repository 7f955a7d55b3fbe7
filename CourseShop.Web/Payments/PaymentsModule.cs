namespace CourseShop.Payments;

/// <summary>Registers what every channel shares.</summary>
public static class PaymentsModule
{
    /// <summary>Settlement, asking and closing.</summary>
    public static IServiceCollection AddPayments(this IServiceCollection services) =>
        services.AddSingleton<SettlePayment>().AddSingleton<ClosePayment>().AddSingleton<SendBackHeldMoney>().AddSingleton<AcceptHeldMoney>().AddSingleton<SendRefund>().AddSingleton<PayPages>()
            .AddScoped<AskGateway>().AddScoped<CloseUnpaidPayments>().AddScoped<SendRefunds>().AddHostedService<RefundWorker>();
}

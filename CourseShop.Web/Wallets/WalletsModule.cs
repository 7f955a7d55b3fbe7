using CourseShop.Payments;

namespace CourseShop.Wallets;

public static class WalletsModule
{
    public static IServiceCollection AddWallets(this IServiceCollection services)
    {
        services.AddOptions<WalletOptions>().BindConfiguration("Wallets")
            .Validate(options => options.PaymentTimeout >= TimeSpan.FromMinutes(2) && options.PaymentTimeout <= TimeSpan.FromDays(15),
                "Wallets:PaymentTimeout must lie between 00:02:00 and 15.00:00:00: Alipay takes no other deadlines.")
            .Validate(options => options.MinimumWithdrawal is >= 0.10m and <= 100_000 && options.MinimumWithdrawal * 100 % 1 == 0, "Wallets:MinimumWithdrawal must lie between 0.10 and 100000 yuan, in whole fen.")
            .Validate(options => options.DailyWithdrawalLimit >= options.MinimumWithdrawal && options.DailyWithdrawalLimit <= 1_000_000 && options.DailyWithdrawalLimit * 100 % 1 == 0,
                "Wallets:DailyWithdrawalLimit must lie between Wallets:MinimumWithdrawal and 1000000 yuan, in whole fen.")
            .Validate(options => options.TipHoldingDays is >= 0 and <= 365, "Wallets:TipHoldingDays must lie between 0 and 365.")
            .ValidateOnStart();
        services.AddSingleton<BalanceChannel>().AddSingleton<IHouseChannel>(provider => provider.GetRequiredService<BalanceChannel>());
        services.AddSingleton<IPaymentReceiver, TopUpPayments>();
        services.AddSingleton<StartTopUp>().AddSingleton<OpenTopUp>();
        services.AddScoped<SetPayoutAccount>().AddSingleton<RequestWithdrawal>().AddSingleton<DecideWithdrawal>().AddSingleton<SettleWithdrawal>().AddSingleton<SendWithdrawal>().AddScoped<SendWithdrawals>();
        return services.AddHostedService<WithdrawalWorker>();
    }
}

namespace CourseShop.Payments.Reconciling;

/// <summary>Registers the daily reconciliation.</summary>
public static class ReconcilingModule
{
    /// <summary>The run of a day, what staff can press, and the worker.</summary>
    public static IServiceCollection AddReconciling(this IServiceCollection services)
    {
        services.AddSingleton<AskForReconciliation>().AddSingleton<VerifyDifference>().AddSingleton<ImportBill>();
        services.AddScoped<AskAboutDifference>().AddScoped<CompareBill>().AddScoped<DropOldBillLines>().AddScoped<Reconcile>().AddScoped<ReconcileDue>();
        return services.AddHostedService<ReconcileWorker>();
    }
}

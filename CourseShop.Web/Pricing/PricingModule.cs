using Microsoft.Extensions.Options;

namespace CourseShop.Pricing;

/// <summary>Registers the rules of prices.</summary>
public static class PricingModule
{
    /// <summary>Reads and checks the section <c>Pricing</c> at start.</summary>
    public static IServiceCollection AddPricing(this IServiceCollection services)
    {
        services.AddOptions<PricingRules>().BindConfiguration("Pricing")
            .Validate(rules => rules.CreditsPerYuan is > 0 and <= 100 && 100 % rules.CreditsPerYuan == 0,
                "Pricing:CreditsPerYuan must divide 100 (1, 2, 4, 5, 10, 20, 25, 50 or 100), so that a credit is a whole number of fen.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PricingRules>>().Value);
        return services;
    }
}

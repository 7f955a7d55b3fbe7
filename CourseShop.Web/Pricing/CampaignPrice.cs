using CourseShop.Common;
using CourseShop.Promotions;

namespace CourseShop.Pricing;

/// <summary>What a campaign makes of a term's price.</summary>
/// <param name="Price">The price now, in fen.</param>
/// <param name="Campaign">The campaign that gave it; null means 原价购买.</param>
public sealed record CampaignPrice(Money Price, Campaign? Campaign)
{
    /// <summary>
    /// The price of a term under the one running campaign that is best for the shopper; ties go to the one that ends last.
    /// A campaign that takes nothing off is none.
    /// </summary>
    /// <param name="listPrice">The term's list price, in fen.</param>
    /// <param name="courseId">The course.</param>
    /// <param name="campaigns">Any campaigns; those that don't run or don't cover the course are passed over.</param>
    /// <param name="now">UTC.</param>
    public static CampaignPrice Best(Money listPrice, long courseId, IEnumerable<Campaign> campaigns, DateTimeOffset now)
    {
        var best = campaigns
            .Where(campaign => campaign.IsRunning(now) && campaign.Covers(courseId) && listPrice >= campaign.MinimumPrice)
            .Select(campaign => new CampaignPrice(Apply(campaign, listPrice), campaign))
            .OrderBy(price => price.Price).ThenByDescending(price => price.Campaign!.EndsAt).ThenBy(price => price.Campaign!.Id)
            .FirstOrDefault();
        return best is not null && best.Price < listPrice ? best : new CampaignPrice(listPrice, null);
    }

    private static Money Apply(Campaign campaign, Money listPrice) => campaign.Kind switch
    {
        CampaignKind.Free => Money.Zero,
        CampaignKind.Percent => listPrice.Share(campaign.PayBasisPoints),
        CampaignKind.Reduction => Money.Max(Money.Zero, listPrice - campaign.Reduction),
        CampaignKind.Tiers => Money.Max(Money.Zero, listPrice - campaign.Tiers
            .Where(tier => listPrice >= tier.Threshold).Select(tier => tier.Off).DefaultIfEmpty(Money.Zero).Max()),
        _ => listPrice,
    };
}

using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Pricing;

namespace CourseShop.Components;

/// <summary>A course as a card shows it.</summary>
/// <param name="TermId">The term whose price the card shows; null where none is sold.</param>
public sealed record CourseCard(
    long Id, string Title, string CoverPath, CourseLevel Level, int Lessons, int Learners, string Teacher, long? TermId, Money ListPrice)
{
    /// <summary>The price now.</summary>
    public CampaignPrice Price { get; init; } = new(ListPrice, null);
}

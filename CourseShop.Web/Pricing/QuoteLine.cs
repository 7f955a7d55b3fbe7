using CourseShop.Common;

namespace CourseShop.Pricing;

/// <summary>What is to be priced: a course with the term that was chosen.</summary>
/// <param name="CourseId">The course.</param>
/// <param name="CategoryId">Its category, for coupons.</param>
/// <param name="Title">Its name.</param>
/// <param name="CoverPath">Its cover.</param>
/// <param name="MaxCredits">The most credits it accepts.</param>
/// <param name="TermId">The chosen term.</param>
/// <param name="TermDays">Its days; null is permanent.</param>
/// <param name="ListPrice">Its list price, in fen.</param>
public sealed record QuoteItem(long CourseId, long CategoryId, string Title, string CoverPath, int MaxCredits, long TermId, int? TermDays, Money ListPrice);

/// <summary>
/// One priced line, in fen: ListPrice − CampaignDiscount = Price, Price − CouponShare − CreditShare = Amount. Nothing is below zero.
/// </summary>
/// <param name="Item">What is priced.</param>
/// <param name="Price">After the campaign.</param>
/// <param name="CampaignName">Null: 原价购买.</param>
/// <param name="CampaignEndsAt">UTC.</param>
/// <param name="IsFreeCampaign">限时免费.</param>
/// <param name="CouponShare">This line's part of the coupon.</param>
/// <param name="Credits">Whole credits of this line.</param>
/// <param name="CreditShare">What those are worth.</param>
public sealed record QuoteLine(
    QuoteItem Item, Money Price, string? CampaignName, DateTimeOffset? CampaignEndsAt, bool IsFreeCampaign, Money CouponShare, int Credits, Money CreditShare)
{
    /// <summary>The course.</summary>
    public long CourseId => Item.CourseId;

    /// <summary>Its name.</summary>
    public string Title => Item.Title;

    /// <summary>Its cover.</summary>
    public string CoverPath => Item.CoverPath;

    /// <summary>The chosen term.</summary>
    public long TermId => Item.TermId;

    /// <summary>Its days; null is permanent.</summary>
    public int? TermDays => Item.TermDays;

    /// <summary>原价, in fen.</summary>
    public Money ListPrice => Item.ListPrice;

    /// <summary>What the campaign takes off, in fen.</summary>
    public Money CampaignDiscount => ListPrice - Price;

    /// <summary>应付 of this line, in fen.</summary>
    public Money Amount => Price - CouponShare - CreditShare;
}

using CourseShop.Common;
using CourseShop.Promotions;

namespace CourseShop.Pricing;

/// <summary>What a coupon takes off a set of lines, or why it can't be used.</summary>
/// <param name="Shares">Fen per line, in the lines' order.</param>
/// <param name="Obstacle">Why it can't be used; null when it can.</param>
public sealed record CouponDiscount(IReadOnlyList<long> Shares, Refusal? Obstacle)
{
    /// <summary>All shares together, in fen.</summary>
    public Money Total => new(Shares.Sum());

    /// <summary>
    /// Judges a coupon. Eligible are lines in its scope, without a campaign (不存在折上折), and not free. The threshold is compared
    /// with its base: their subtotal, or the dearest of them. Percentages are rounded half up to the fen; nothing exceeds the base.
    /// </summary>
    /// <param name="coupon">What it is worth and where.</param>
    /// <param name="lines">Lines priced by their campaigns.</param>
    public static CouponDiscount For(Coupon coupon, IReadOnlyList<QuoteLine> lines)
    {
        var weights = lines.Select(line => IsEligible(coupon, line) ? line.Price.Fen : 0).ToArray();
        if (weights.All(weight => weight == 0))
            return No(lines.Count, new Refusal(lines.Any(line => line.CampaignName is not null && coupon.IsInScope(line.CourseId, line.Item.CategoryId))
                ? "已享活动价的课程不能再用优惠券"
                : "不适用于所选课程"));

        if (coupon.Base == CouponBase.DearestCourse)
            KeepOnlyDearest(weights);

        var @base = new Money(weights.Sum());
        if (@base < coupon.Threshold)
            return No(lines.Count, new Refusal("差 {0} 可用", coupon.Threshold - @base));

        var discount = coupon.Kind == CouponKind.Amount
            ? Money.Min(coupon.Amount, @base)
            : Money.Min(@base.Share(10_000 - coupon.PayBasisPoints), coupon.Cap ?? @base);
        return new(LargestRemainder.Split(discount.Fen, weights), null);
    }

    private static bool IsEligible(Coupon coupon, QuoteLine line) =>
        line.CampaignName is null && coupon.IsInScope(line.CourseId, line.Item.CategoryId);

    private static void KeepOnlyDearest(long[] weights)
    {
        var dearest = Array.IndexOf(weights, weights.Max());
        for (var line = 0; line < weights.Length; line++)
            weights[line] = line == dearest ? weights[line] : 0;
    }

    private static CouponDiscount No(int lines, Refusal obstacle) => new(new long[lines], obstacle);
}

using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Learning;
using CourseShop.Pricing;

namespace CourseShop.Carts;

/// <summary>Who may buy what: the one place that says why a course can't be bought.</summary>
public static class Buying
{
    /// <summary>Why this shopper can't buy this term of the course now; null when nothing is in the way.</summary>
    public static Refusal? ObstacleToBuying(this Course course, AccessTerm? term, AccessPeriod held, DateTimeOffset now)
    {
        if (!course.IsOnSale || course.PublishedAt > now)
            return new Refusal("这门课程已经下架，不能购买了");
        if (term is null || term.IsHidden)
            return new Refusal("所选的有效期已经停售，请重新选择");
        return held.CanTake ? null : new Refusal("您已经购买过当前课程，不需要重新购买了");
    }

    public static QuoteItem ToQuoteItem(this Course course, AccessTerm term) =>
        new(course.Id, course.CategoryId, course.Title, course.CoverPath, course.MaxCredits, term.Id, term.Days, term.Price);
}

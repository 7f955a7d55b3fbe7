using CourseShop.Common;

namespace CourseShop.Promotions;

public enum CouponKind
{
    Amount,
    Percent,
}

public enum CouponScope
{
    All,
    Categories,
    Courses,
}

public enum CouponBase
{
    /// <summary>All eligible lines together.</summary>
    Subtotal,

    /// <summary>The one dearest eligible course.</summary>
    DearestCourse,
}

/// <summary>优惠券: what a coupon is worth and where; each shopper holds an <see cref="IssuedCoupon"/> of it.</summary>
public sealed class Coupon(string name, CouponKind kind, CouponScope scope, CouponBase @base)
{
    public long Id { get; private set; }
    public string Name { get; private set; } = name;
    public CouponKind Kind { get; private set; } = kind;
    public CouponScope Scope { get; private set; } = scope;
    public CouponBase Base { get; private set; } = @base;

    /// <summary>Categories or courses, by <see cref="Scope"/>.</summary>
    public IReadOnlyList<long> ScopeIds { get; private set; } = [];

    /// <summary>What comes off, for an amount.</summary>
    public Money Amount { get; private set; }

    /// <summary>What is paid, in basis points (9000 = 9 折), for a percent coupon.</summary>
    public int PayBasisPoints { get; private set; } = 10_000;

    /// <summary>The most a percent coupon takes off.</summary>
    public Money? Cap { get; private set; }

    /// <summary>The base must reach this.</summary>
    public Money Threshold { get; private set; }

    /// <summary>Days from issue; else <see cref="ValidUntil"/> says the end.</summary>
    public int? ValidDays { get; private set; }
    public DateTimeOffset? ValidUntil { get; private set; }
    public int? TotalLimit { get; private set; }
    public int PerUserLimit { get; private set; } = 1;
    public int IssuedCount { get; private set; }

    /// <summary>Offered in the coupon centre (领券中心).</summary>
    public bool IsClaimable { get; private set; }

    /// <summary>What a shopper types to get one, upper case; null means by no code.</summary>
    public string? Code { get; private set; }
    public bool IsHidden { get; private set; }

    public Coupon Worth(Money amount, int payBasisPoints, Money? cap, Money threshold, IReadOnlyList<long> scopeIds)
    {
        Amount = amount;
        PayBasisPoints = payBasisPoints;
        Cap = cap;
        Threshold = threshold;
        ScopeIds = scopeIds;
        return this;
    }

    public Coupon Issuing(int? validDays, DateTimeOffset? validUntil, int? totalLimit, int perUserLimit, bool isClaimable, string? code)
    {
        ValidDays = validDays;
        ValidUntil = validUntil;
        TotalLimit = totalLimit;
        PerUserLimit = perUserLimit;
        IsClaimable = isClaimable;
        Code = code is null ? null : NormaliseCode(code);
        return this;
    }

    public bool IsInScope(long courseId, long categoryId) => Scope switch
    {
        CouponScope.Categories => ScopeIds.Contains(categoryId),
        CouponScope.Courses => ScopeIds.Contains(courseId),
        _ => true,
    };

    /// <summary>Gives one to a shopper who already had <paramref name="alreadyIssued"/> of them, or says why not.</summary>
    public Outcome<IssuedCoupon> IssueTo(long userId, int alreadyIssued, DateTimeOffset now)
    {
        if (IsHidden || ValidUntil <= now)
            return new Refusal("这张优惠券已经结束发放");
        if (alreadyIssued >= PerUserLimit)
            return new Refusal("您已经领取过这张优惠券了");
        if (IssuedCount >= TotalLimit)
            return new Refusal("这张优惠券已经领完了");

        IssuedCount++;
        return new IssuedCoupon(Id, userId, now, ExpiryFrom(now));
    }

    /// <summary>A code as it is compared: upper case, without blanks and what can't be seen; empty for what is no text.</summary>
    public static string NormaliseCode(string code) =>
        PlainText.TryNormalise(code, out var plain) ? string.Concat(plain.EnumerateRunes().Where(PlainText.IsVisible)).ToUpperInvariant() : "";

    private DateTimeOffset ExpiryFrom(DateTimeOffset now)
    {
        var latest = now.AddYears(10);
        var byDays = ValidDays < (latest - now).Days ? now.AddDays(ValidDays.Value) : latest;
        return ValidUntil < byDays ? ValidUntil.Value : byDays;
    }
}

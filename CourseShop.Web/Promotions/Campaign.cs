using CourseShop.Common;

namespace CourseShop.Promotions;

public enum CampaignKind
{
    /// <summary>限时免费.</summary>
    Free,

    /// <summary>限时折扣.</summary>
    Percent,

    /// <summary>限时减免.</summary>
    Reduction,

    /// <summary>满减.</summary>
    Tiers,
}

/// <summary>One step of 满减: from this price on, this much off.</summary>
/// <param name="Threshold">The term's price that is needed.</param>
/// <param name="Off">What comes off.</param>
public sealed record CampaignTier(Money Threshold, Money Off);

/// <summary>活动: for a time, on listed courses, judged by the price of the chosen term.</summary>
public sealed class Campaign(string name, CampaignKind kind, DateTimeOffset startsAt, DateTimeOffset endsAt)
{
    private readonly List<CampaignCourse> _courses = [];

    public long Id { get; private set; }
    public string Name { get; private set; } = name;
    public CampaignKind Kind { get; private set; } = kind;
    public DateTimeOffset StartsAt { get; private set; } = startsAt;
    public DateTimeOffset EndsAt { get; private set; } = endsAt;
    public bool IsHidden { get; private set; }

    /// <summary>What is paid, in basis points of the price (8200 = 8.2 折), for 限时折扣.</summary>
    public int PayBasisPoints { get; private set; } = 10_000;

    /// <summary>What comes off, for 限时减免.</summary>
    public Money Reduction { get; private set; }

    /// <summary>The steps of 满减.</summary>
    public IReadOnlyList<CampaignTier> Tiers { get; private set; } = [];

    /// <summary>A term below this price does not take part.</summary>
    public Money MinimumPrice { get; private set; }

    public IReadOnlyList<CampaignCourse> Courses => _courses;

    /// <summary>As it is kept, for who reads it without EF.</summary>
    internal static Campaign Kept(long id, string name, CampaignKind kind, DateTimeOffset startsAt, DateTimeOffset endsAt) => new(name, kind, startsAt, endsAt) { Id = id };

    public Campaign Taking(int payBasisPoints, Money reduction, IReadOnlyList<CampaignTier> tiers, Money minimumPrice)
    {
        PayBasisPoints = payBasisPoints;
        Reduction = reduction;
        Tiers = tiers;
        MinimumPrice = minimumPrice;
        return this;
    }

    public Campaign On(IEnumerable<long> courseIds)
    {
        _courses.AddRange(courseIds.Select(id => new CampaignCourse(id)));
        return this;
    }

    public void Reschedule(DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        StartsAt = startsAt;
        EndsAt = endsAt;
    }

    public bool IsRunning(DateTimeOffset now) => !IsHidden && StartsAt <= now && now < EndsAt;

    public bool Covers(long courseId) => _courses.Exists(course => course.CourseId == courseId);
}

/// <summary>A course that takes part in a campaign.</summary>
public sealed class CampaignCourse(long courseId)
{
    public long CampaignId { get; private set; }
    public long CourseId { get; private set; } = courseId;
}

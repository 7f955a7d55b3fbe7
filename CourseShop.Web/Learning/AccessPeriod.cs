namespace CourseShop.Learning;

/// <summary>有效期 as a shopper holds it: what all grants of one course together allow.</summary>
/// <param name="IsOpen">May learn now.</param>
/// <param name="IsPermanent">For ever.</param>
/// <param name="Until">The end of the last grant, when it has one.</param>
public sealed record AccessPeriod(bool IsOpen, bool IsPermanent, DateTimeOffset? Until)
{
    public static AccessPeriod None { get; } = new(false, false, null);

    public static AccessPeriod Of(IEnumerable<Enrollment> grants, DateTimeOffset now)
    {
        var live = grants.Where(grant => grant.RevokedAt is null && (grant.EndsAt is null || now < grant.EndsAt)).ToList();
        if (live.Count == 0)
            return None;
        var isPermanent = live.Exists(grant => grant.EndsAt is null);
        return new(live.Exists(grant => grant.IsOpen(now)), isPermanent, isPermanent ? null : live.Max(grant => grant.EndsAt));
    }

    /// <summary>When a term bought now begins: a renewal is appended to what is still running.</summary>
    public DateTimeOffset NextStart(DateTimeOffset now) => Until is { } end && end > now ? end : now;

    /// <summary>Whether this term would give the holder anything: never to who has it for ever; a running term may be renewed.</summary>
    public bool CanTake => !IsPermanent;
}

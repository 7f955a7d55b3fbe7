namespace CourseShop.Payments.Reconciling;

/// <summary>How often and how much moved, in fen.</summary>
public sealed record MovedSum(int Kind, int Count, long Amount, long Fee)
{
    /// <summary>The day that these make up.</summary>
    public static DaySums Day(IReadOnlyCollection<MovedSum> sums)
    {
        var (payments, refunds) = (Of(BillEntryKind.Payment), Of(BillEntryKind.Refund));
        return new(payments.Count, new(payments.Amount), refunds.Count, new(refunds.Amount), new(sums.Sum(sum => sum.Fee)));

        MovedSum Of(BillEntryKind kind) => sums.FirstOrDefault(sum => sum.Kind == (int)kind) ?? new((int)kind, 0, 0, 0);
    }
}

using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>What a comparison looks at.</summary>
/// <param name="Run">The run that has read the day's bill.</param>
/// <param name="Channel">Whose bill.</param>
/// <param name="Day">Beijing's calendar day.</param>
/// <param name="Before">The current run of the day before; 0 when there is none.</param>
/// <param name="After">The current run of the day after; 0 when there is none.</param>
public sealed record ComparedBills(long Run, PaymentChannel Channel, DateOnly Day, long Before, long After)
{
    /// <summary>The first millisecond of the day, unix time.</summary>
    public long Begin => Day.StartInBeijing().ToUnixTimeMilliseconds();

    /// <summary>The first millisecond of the next day, unix time.</summary>
    public long End => Day.AddDays(1).StartInBeijing().ToUnixTimeMilliseconds();
}

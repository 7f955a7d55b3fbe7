namespace CourseShop.Learning;

/// <summary>学习进度 of one course.</summary>
/// <param name="CourseId">Which.</param>
/// <param name="Lessons">How many lessons it has.</param>
/// <param name="Opened">How many of them were opened.</param>
public sealed record CourseProgress(long CourseId, int Lessons, int Opened)
{
    /// <summary>0 to 1; a lesson that was opened and then removed counts no further than the whole.</summary>
    public decimal Share => Lessons == 0 ? 0 : Math.Min(1, (decimal)Opened / Lessons);
}

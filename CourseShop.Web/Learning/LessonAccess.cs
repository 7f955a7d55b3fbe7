namespace CourseShop.Learning;

/// <summary>Who may learn a lesson: whoever holds its course, hidden or not; and everybody where it is a free trial.</summary>
/// <param name="CourseId">Its course.</param>
/// <param name="IsEnrolled">The one who asks holds the course now.</param>
/// <param name="IsShown">Neither the lesson nor what it is part of is hidden or still to be published.</param>
/// <param name="IsFreeTrial">免费试学.</param>
/// <param name="MediaFile">What it plays, if anything.</param>
public sealed record LessonAccess(long CourseId, bool IsEnrolled, bool IsShown, bool IsFreeTrial, string? MediaFile)
{
    public bool IsOpen => Opens(IsEnrolled, IsShown, IsFreeTrial);

    /// <summary>Whether the one who asks may know that it exists.</summary>
    public bool IsVisible => IsEnrolled || IsShown;

    /// <summary>The rule itself.</summary>
    public static bool Opens(bool isEnrolled, bool isShown, bool isFreeTrial) => isEnrolled || (isShown && isFreeTrial);
}

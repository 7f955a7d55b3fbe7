namespace CourseShop.Pages;

public static class GuestPages
{
    /// <summary>How long a page may be kept for guests.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
}

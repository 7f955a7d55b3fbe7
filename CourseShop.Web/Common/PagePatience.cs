namespace CourseShop.Common;

/// <summary>How long a page waits for somebody outside the shop: it answers within three seconds, and what it waited for goes on behind it.</summary>
public static class PagePatience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2.5);

    /// <summary>Waits as long as a page may. False: it is not done yet, and nothing is known of it.</summary>
    /// <param name="work">What goes on whether or not it is waited for; its failure is thrown here if it comes in time.</param>
    /// <param name="clock">Whose seconds count.</param>
    /// <param name="stop">Stops waiting, not the work.</param>
    public static async Task<bool> EndsInTimeAsync(this Task work, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await work.WaitAsync(Longest, clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

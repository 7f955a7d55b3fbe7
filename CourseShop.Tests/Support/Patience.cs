using System.Diagnostics;

namespace CourseShop.Tests.Support;

/// <summary>Waits for what comes by itself: looks again and again, and says what never came.</summary>
public static class Patience
{
    /// <summary>As long as a busy machine may take.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task UntilAsync(string complaint, Func<Task<bool>> isSo) => UntilAsync(complaint, Longest, isSo);

    /// <param name="complaint">What is wrong when it doesn't come.</param>
    /// <param name="most">Where it would come in another way later.</param>
    /// <param name="isSo">Looks.</param>
    public static async Task UntilAsync(string complaint, TimeSpan most, Func<Task<bool>> isSo)
    {
        for (var since = Stopwatch.GetTimestamp(); !await isSo();)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < most, complaint);
            await Task.Delay(Pause);
        }
    }
}

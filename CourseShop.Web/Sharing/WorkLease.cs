using StackExchange.Redis;

namespace CourseShop.Sharing;

/// <summary>
/// Spares servers from doing the same rounds at the same time: who comes first does this round, for the others it is done. It keeps nothing right: where Redis
/// is silent all go, and every unit takes its turn in the database anyway.
/// </summary>
public sealed class WorkLease(SharedMemory shared)
{
    private const double Share = 0.9; // so that who did the last round is not late for the next

    /// <param name="work">Which work.</param>
    /// <param name="every">How often it is done.</param>
    public Task<bool> IsMineAsync(string work, TimeSpan every) =>
        shared.AskAsync(redis => redis.StringSetAsync($"{SharedMemory.Prefix}lease:{work}", Environment.MachineName, every * Share, When.NotExists), true);
}

using System.Security.Cryptography;

namespace CourseShop.Accounts;

/// <summary>One sign-in on one device. The cookie only names it: ending the session here ends it everywhere the cookie may be copied to.</summary>
public sealed class SignInSession(string key, long userId, DateTimeOffset startedAt)
{
    /// <summary>What the cookie calls the session's key.</summary>
    public const string Claim = "session";

    /// <summary>However often it is used: after this one signs in again.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(90);

    public long Id { get; private set; }

    /// <summary>128 random bits, as the cookie carries them.</summary>
    public string Key { get; private set; } = key;
    public long UserId { get; private set; } = userId;
    public DateTimeOffset StartedAt { get; private set; } = startedAt;
    public DateTimeOffset? EndedAt { get; private set; }

    public static SignInSession Begin(long userId, DateTimeOffset now) => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), userId, now);

    public void End(DateTimeOffset now) => EndedAt ??= now;
}

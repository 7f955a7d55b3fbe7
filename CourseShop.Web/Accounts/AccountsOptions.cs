namespace CourseShop.Accounts;

/// <summary>The section <c>Accounts</c> of the settings.</summary>
public sealed class AccountsOptions
{
    /// <summary>Wrong sign-ins that one address may send in a minute, whatever names it tries.</summary>
    public int WrongSignInsPerMinute { get; set; } = 30;

    /// <summary>How often a password is hashed (PBKDF2 with SHA-512); weaker hashes are renewed at sign-in. Tests lower it, Production can't.</summary>
    public int PasswordIterations { get; set; } = 220_000;
}

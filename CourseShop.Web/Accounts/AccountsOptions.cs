namespace CourseShop.Accounts;

/// <summary>The section <c>Accounts</c> of the settings.</summary>
public sealed class AccountsOptions
{
    /// <summary>Wrong sign-ins that one address may send in a minute, whatever names it tries.</summary>
    public int WrongSignInsPerMinute { get; set; } = 30;
}

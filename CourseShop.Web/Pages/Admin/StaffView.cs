using System.Security.Claims;
using CourseShop.Accounts;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;

namespace CourseShop.Pages.Admin;

/// <summary>What the staff's lists have in common: the colour of a state, and its word in an address.</summary>
public static class StaffView
{
    public const int PageSize = 50;

    /// <summary>Every state that a person has to look at, as one filter.</summary>
    public const string NeedsAPerson = "attention";

    public static string Tone(this OrderStatus status) => status switch
    {
        OrderStatus.AwaitingPayment => "amber",
        OrderStatus.Paid => "jade",
        _ => "plain",
    };

    public static string Tone(this PaymentStatus status) => status switch
    {
        PaymentStatus.Settled => "jade",
        PaymentStatus.Held or PaymentStatus.Late or PaymentStatus.Second => "amber",
        _ => "plain",
    };

    public static string Tone(this NotificationVerdict verdict) => verdict switch
    {
        NotificationVerdict.Forged => "bad",
        NotificationVerdict.Settled => "jade",
        NotificationVerdict.NothingToDo => "plain",
        _ => "amber",
    };

    public static string Tone(this ReconciliationState state) => state switch
    {
        ReconciliationState.Clean => "jade",
        ReconciliationState.Failed => "bad",
        ReconciliationState.Differences or ReconciliationState.Waiting => "amber",
        _ => "plain",
    };

    /// <summary>Whether this member of staff may do what moves money or speaks for it; the others may look.</summary>
    public static bool MayMoveMoney(this ClaimsPrincipal user) => user.IsInRole(Roles.Admin) || user.IsInRole(Roles.Finance);

    /// <summary>Whether this member of staff may withdraw articles and hide comments.</summary>
    public static bool MayModerate(this ClaimsPrincipal user) => user.IsInRole(Roles.Admin) || user.IsInRole(Roles.Editor);

    /// <summary>What was answered, so that it comes again or doesn't.</summary>
    public static string Answer(this NotificationVerdict verdict) => verdict == NotificationVerdict.Forged ? "fail" : "success";

    public static string Code<T>(this T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();

    /// <summary>The state of that code; null for anything else.</summary>
    public static T? Find<T>(string? code)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(state => state!.Value.Code() == code);

    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim()[..Math.Min(text.Trim().Length, 64)];

    public static string Address(string path, string? state, string? search, long? after)
    {
        string?[] parts =
        [
            string.IsNullOrEmpty(state) ? null : $"state={Uri.EscapeDataString(state)}",
            search is null ? null : $"q={Uri.EscapeDataString(search)}",
            after is null ? null : $"after={after}",
        ];
        return $"{path}?{string.Join('&', parts.Where(part => part is not null))}".TrimEnd('?');
    }
}

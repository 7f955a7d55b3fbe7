using CourseShop.Operations.Invariants;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>What is wrong, in the reader's language.</summary>
public static class AlarmWords
{
    public static string Say(this IStringLocalizer words, Finding finding) => words[finding.Rule.Broken, [.. finding.Facts]];

    /// <summary>An alarm of another version of the shop, whose rule is gone or speaks of other facts now, tells its own.</summary>
    public static string Say(this IStringLocalizer words, MoneyAlarm alarm) => MoneyRules.Find(alarm.Invariant) is { } rule && alarm.FactList.Count >= rule.Places
        ? words[rule.Broken, [.. alarm.FactList]]
        : string.Join(' ', alarm.FactList);
}

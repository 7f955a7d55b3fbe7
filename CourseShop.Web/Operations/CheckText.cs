using System.Text;
using CourseShop.Common;
using CourseShop.Operations.Invariants;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>What a look at the books says at the console.</summary>
internal static class CheckText
{
    private const int MostShown = 20;

    public static string Of(CheckReport report, IStringLocalizer words, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.AppendLine(words["{0}：{1} 个订单，{2} 笔付款", now.ToMinute(), report.Orders, report.Payments]).AppendLine();
        foreach (var line in report.Balance)
            text.AppendLine($"  {line.Amount,16}  {words[line.Name].Value}");
        text.AppendLine().AppendLine(Verdict(report, words));
        foreach (var rule in report.Broken.GroupBy(finding => finding.Rule))
            Tell(text, words, rule.Key, [.. rule]);
        if (report.ForAPerson.Count > 0)
            text.AppendLine().AppendLine(words["账目没有错，但有 {0} 件事等人处理：", report.ForAPerson.Count]);
        foreach (var rule in report.ForAPerson.GroupBy(finding => finding.Rule))
            Tell(text, words, rule.Key, [.. rule]);
        return text.ToString();
    }

    private static string Verdict(CheckReport report, IStringLocalizer words)
    {
        var rules = MoneyRules.All.Count(rule => !rule.IsForAPerson);
        return report.Broken.Count == 0
            ? words["{0} 条规则全部成立", rules]
            : words["{0} 条规则中有 {1} 条不成立，共 {2} 处：", rules, report.Broken.DistinctBy(finding => finding.Rule).Count(), report.Broken.Count];
    }

    private static void Tell(StringBuilder text, IStringLocalizer words, Invariant rule, List<Finding> findings)
    {
        text.AppendLine($"{rule.Number,5}  {words[rule.Holds].Value}");
        foreach (var finding in findings.Take(MostShown))
            text.AppendLine($"       {words[finding.Subject].Value}{(finding.UserId is { } user ? $" ({words["用户 {0}", user].Value})" : "")}: {words.Say(finding)}");
        if (findings.Count > MostShown)
            text.AppendLine($"       {words["还有 {0} 处", findings.Count >= CheckMoney.MostPerRule ? $"{CheckMoney.MostPerRule}+" : findings.Count - MostShown].Value}");
    }
}

namespace CourseShop.Operations;

/// <summary>Named queries over alarms.</summary>
public static class MoneyScopes
{
    public static IQueryable<MoneyAlarm> Open(this IQueryable<MoneyAlarm> alarms) => alarms.Where(alarm => alarm.ClearedAt == null);

    public static IQueryable<MoneyAlarm> Cleared(this IQueryable<MoneyAlarm> alarms) => alarms.Where(alarm => alarm.ClearedAt != null);
}

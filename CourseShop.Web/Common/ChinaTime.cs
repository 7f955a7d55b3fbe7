using System.Globalization;

namespace CourseShop.Common;

/// <summary>Beijing time (UTC+8, no daylight saving): what is shown to people and sent to Alipay. Everything kept is UTC.</summary>
public static class ChinaTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private const string AlipayFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The same instant on Beijing's clock.</summary>
    public static DateTimeOffset ToBeijing(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>Alipay's <c>yyyy-MM-dd HH:mm:ss</c> in Beijing time.</summary>
    public static string ToAlipay(this DateTimeOffset instant) => instant.ToOffset(Offset).ToString(AlipayFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads Alipay's time (with or without milliseconds) as UTC; false for anything else.</summary>
    public static bool TryParseAlipay(string? text, out DateTimeOffset instant)
    {
        string[] formats = [AlipayFormat, "yyyy-MM-dd HH:mm:ss.fff"];
        var isTime = DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var beijing)
            && beijing >= DateTime.MinValue + Offset; // else it has no UTC
        instant = isTime ? new DateTimeOffset(beijing, Offset).ToUniversalTime() : default;
        return isTime;
    }

    /// <summary>2026-11-20 19:05 in Beijing.</summary>
    public static string ToMinute(this DateTimeOffset instant) => instant.ToOffset(Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>2026-11-20 in Beijing.</summary>
    public static string ToDay(this DateTimeOffset instant) => instant.ToOffset(Offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Beijing's calendar day of an instant.</summary>
    public static DateOnly BeijingDay(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>When Beijing's day of an instant began.</summary>
    public static DateTimeOffset StartOfBeijingDay(this DateTimeOffset instant) => new(instant.ToOffset(Offset).Date, Offset);

    /// <summary>When a day of Beijing's calendar begins.</summary>
    public static DateTimeOffset StartInBeijing(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}

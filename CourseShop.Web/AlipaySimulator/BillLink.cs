using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CourseShop.AlipaySimulator;

/// <summary>Where a bill is fetched: good for 30 s, made and checked without keeping anything.</summary>
public static class BillLink
{
    public const string Address = "/alipay-simulator/bill";

    private const string DayFormat = "yyyyMMdd";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>The path and the query.</summary>
    public static string To(DateOnly day, DateTimeOffset now, SimulatorKeys keys)
    {
        var (date, time) = (day.ToString(DayFormat, CultureInfo.InvariantCulture), now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        return $"{Address}?bizType=trade&bizDates={date}&timestamp={time}&token={Token(date, time, keys)}";
    }

    /// <summary>Whose bill may be fetched; null where the address is not genuine, or is dead.</summary>
    public static DateOnly? DayOf(string date, string time, string token, DateTimeOffset now, SimulatorKeys keys)
    {
        var isGenuine = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Token(date, time, keys)));
        return isGenuine && now <= DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, CultureInfo.InvariantCulture)) + Lifetime
            ? DateOnly.ParseExact(date, DayFormat, CultureInfo.InvariantCulture)
            : null;
    }

    private static string Token(string date, string time, SimulatorKeys keys) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(keys.Sign($"bill {date} {time}", Encoding.UTF8))));
}

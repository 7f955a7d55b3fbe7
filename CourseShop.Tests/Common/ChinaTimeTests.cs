using CourseShop.Common;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Common;

public sealed class ChinaTimeTests
{
    private static readonly DateTimeOffset LateInLondon = new(2026, 11, 20, 16, 5, 9, TimeSpan.Zero);

    [Fact]
    public void The_day_is_Beijings_day()
    {
        Assert.Equal("2026-11-21", LateInLondon.ToDay());
        Assert.Equal("2026-11-21 00:05", LateInLondon.ToMinute());
        Assert.Equal(new DateOnly(2026, 11, 21), LateInLondon.BeijingDay());
        Assert.Equal(new DateTime(2026, 11, 21, 0, 5, 9, DateTimeKind.Unspecified), LateInLondon.ToBeijing().DateTime);
    }

    [Fact]
    public void The_clock_is_the_same_in_summer_and_winter() =>
        Assert.All([1, 4, 7, 10], month => Assert.Equal(TimeSpan.FromHours(8), new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero).ToBeijing().Offset));

    [Fact]
    public void Alipay_is_told_Beijing_time_to_the_second() => Assert.Equal("2026-11-21 00:05:09", LateInLondon.AddMilliseconds(999).ToAlipay());

    [Fact]
    public void Alipays_time_is_read_as_UTC()
    {
        Assert.True(ChinaTime.TryParseAlipay("2026-11-21 00:05:09", out var instant));
        Assert.Equal(LateInLondon, instant);
        Assert.Equal(TimeSpan.Zero, instant.Offset);

        Assert.True(ChinaTime.TryParseAlipay("2026-11-21 00:05:09.123", out var precise));
        Assert.Equal(LateInLondon.AddMilliseconds(123), precise);
    }

    [Fact]
    public void A_time_that_was_told_reads_back_as_the_same_second() => Seeds.ForEach(5_000, random =>
    {
        var instant = DateTimeOffset.FromUnixTimeSeconds(random.NextInt64(0, 4_102_444_800));

        Assert.True(ChinaTime.TryParseAlipay(instant.ToAlipay(), out var read));
        Assert.Equal(instant, read);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-11-21")]
    [InlineData("2026-02-30 00:00:00")]
    [InlineData("2026-11-21T00:05:09")]
    [InlineData("2026-11-21 24:00:00")]
    [InlineData("2026-11-21 00:05:09 ")]
    [InlineData("2026-11-21 00:05:09+08:00")]
    [InlineData("0001-01-01 00:00:00")] // before time begins, in UTC
    public void Anything_else_is_no_time(string? text)
    {
        Assert.False(ChinaTime.TryParseAlipay(text, out var instant));
        Assert.Equal(default, instant);
    }
}

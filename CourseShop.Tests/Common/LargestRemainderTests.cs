using CourseShop.Common;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Common;

public sealed class LargestRemainderTests
{
    [Fact]
    public void What_is_left_over_goes_to_the_largest_remainders()
    {
        // ¥100.00 over ¥199.00, ¥299.00 and ¥99.00: 3333.33…, 5008.37…, 1658.29… fen
        Assert.Equal([3333, 5009, 1658], LargestRemainder.Split(10_000, [19_900, 29_900, 9_900]));
    }

    [Fact]
    public void Ties_go_to_the_earlier_line() => Assert.Equal([4, 3, 3], LargestRemainder.Split(10, [7, 7, 7]));

    [Fact]
    public void Nothing_is_split_into_nothings()
    {
        Assert.Equal([0, 0], LargestRemainder.Split(0, [0, 0]));
        Assert.Equal([0, 0], LargestRemainder.Split(0, [5, 6]));
        Assert.Empty(LargestRemainder.Split(0, []));
    }

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Split(-1, [1]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, [0, 0]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, []));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, [3, -1]));
    }

    [Fact]
    public void Values_as_large_as_they_get_do_not_overflow()
    {
        Assert.Equal([long.MaxValue], LargestRemainder.Split(long.MaxValue, [long.MaxValue]));
        Assert.Equal([(long.MaxValue / 2) + 1, long.MaxValue / 2], LargestRemainder.Split(long.MaxValue, [long.MaxValue, long.MaxValue]));
    }

    [Fact]
    public void Parts_add_up_and_are_within_one_of_the_exact_share() => Seeds.ForEach(20_000, random =>
    {
        var weights = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Fen()).ToArray();
        var sum = weights.Sum();
        var total = sum == 0 ? 0 : random.Pick(random.Fen(), sum, random.NextInt64(0, sum + 1));

        var parts = LargestRemainder.Split(total, weights);

        Assert.Equal(total, parts.Sum());
        for (var line = 0; line < parts.Length && sum > 0; line++)
        {
            Int128 exact = (Int128)total * weights[line], part = (Int128)parts[line] * sum;
            Assert.True(Int128.Abs(part - exact) < sum, $"part {line} of {total} over {string.Join('/', weights)}");
            Assert.False(weights[line] == 0 && parts[line] != 0, "zero weight gets nothing");
            Assert.False(total <= sum && parts[line] > weights[line], "no part exceeds its weight unless the whole does");
        }
    });

    [Fact]
    public void Of_equal_lines_none_gets_more_than_an_earlier_one() => Seeds.ForEach(5_000, random =>
    {
        var weights = Enumerable.Range(0, random.Next(2, 10)).Select(_ => (long)random.Next(0, 4)).ToArray();
        var parts = LargestRemainder.Split(weights.Sum() == 0 ? 0 : random.Next(0, 1000), weights);

        foreach (var equal in parts.Zip(weights).GroupBy(line => line.Second))
            Assert.Equal(equal.Select(line => line.First).OrderDescending(), equal.Select(line => line.First));
    });
}

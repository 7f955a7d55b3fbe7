namespace CourseShop.Common;

/// <summary>Splits a whole number over weights so that the parts add up to it exactly (Hamilton's method).</summary>
public static class LargestRemainder
{
    /// <summary>
    /// Parts of <paramref name="total"/> in proportion to <paramref name="weights"/>. Every part is its exact share rounded down;
    /// what is left goes, one unit each, to the largest remainders, ties to the earlier line.
    /// </summary>
    /// <param name="total">What is split (fen, or credits); not negative, and 0 when all weights are 0.</param>
    /// <param name="weights">Not negative.</param>
    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var sum = weights.Aggregate(Int128.Zero, (all, weight) => all + weight);
        if (weights.Any(weight => weight < 0) || (sum == 0 && total != 0))
            throw new ArgumentException("Weights must not be negative, and not all zero when there is something to split.", nameof(weights));

        var parts = new long[weights.Count];
        if (total == 0)
            return parts;

        var remainders = new (Int128 Remainder, int Line)[weights.Count];
        for (var line = 0; line < parts.Length; line++)
        {
            var share = (Int128)total * weights[line];
            parts[line] = (long)(share / sum);
            remainders[line] = (share % sum, line);
        }

        var left = total - parts.Sum();
        foreach (var (_, line) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Line).Take((int)left))
            parts[line]++;
        return parts;
    }
}

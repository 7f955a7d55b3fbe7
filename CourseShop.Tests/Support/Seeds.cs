using Xunit.Sdk;

namespace CourseShop.Tests.Support;

/// <summary>Property loops: the same rounds every time, and a failure that names its round.</summary>
public static class Seeds
{
    public static void ForEach(int rounds, Action<Random> check)
    {
        for (var seed = 0; seed < rounds; seed++)
        {
            try
            {
                check(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new XunitException($"Seed {seed}: {failure.Message}", failure);
            }
        }
    }

    /// <summary>Amounts as they come in shops, and at the edges: nothing, one fen, round, odd, and more than anybody has.</summary>
    public static long Fen(this Random random) => random.Next(10) switch
    {
        0 => 0,
        1 => random.Next(1, 4),
        2 or 3 or 4 => random.Next(1, 1000) * 100,
        5 or 6 => (random.Next(1, 400) * 100) - 1,
        7 or 8 => random.Next(1, 100_000),
        _ => random.NextInt64(1, 100_000_000_000),
    };

    public static T Pick<T>(this Random random, params T[] from) => from[random.Next(from.Length)];
}

using CourseShop.Common;

namespace CourseShop.Tests.Common;

public sealed class OutcomeTests
{
    [Fact]
    public void A_value_is_an_outcome_without_a_refusal()
    {
        Outcome<int> outcome = 7;

        Assert.Equal(7, outcome.Value);
        Assert.Null(outcome.Refusal);
    }

    [Fact]
    public void A_refusal_is_an_outcome_without_a_value()
    {
        Outcome<string> outcome = new Refusal("差 {0} 可用", Money.Yuan(20));

        Assert.Null(outcome.Value);
        Assert.Equal("差 {0} 可用", outcome.Refusal?.Key);
        Assert.Equal([Money.Yuan(20)], outcome.Refusal?.Arguments);
    }
}

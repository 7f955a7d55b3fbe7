namespace CourseShop.Operations.Invariants;

/// <summary>A sentence about the shop's money that holds in every state, and the question that finds where it doesn't.</summary>
/// <param name="Number">4.2 is the second part of the fourth invariant; W marks what waits for a person although the books are right.</param>
/// <param name="Holds">The sentence.</param>
/// <param name="Broken">What is wrong with one subject, with a place for each of its facts.</param>
/// <param name="Sql">Yields a row per violation: its subject, whose it is (or null), its facts; empty where this database can't be asked. A fact's column ends in Fen, At or Step where it is one.</param>
public sealed record Invariant(string Number, string Holds, string Broken, Func<CheckScope, string> Sql)
{
    /// <summary>How many facts its sentence takes.</summary>
    public int Places => Broken.Count(sign => sign == '{');

    /// <summary>Nothing is wrong with the books, but somebody has to look.</summary>
    public bool IsForAPerson => Number.StartsWith('W');
}

/// <summary>One row that breaks an invariant.</summary>
/// <param name="Rule">The invariant.</param>
/// <param name="Subject">The number of the order, payment or refund it is about.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Facts">What was found, written for people.</param>
public sealed record Finding(Invariant Rule, string Subject, long? UserId, IReadOnlyList<string> Facts)
{
    /// <summary>The facts as an alarm keeps them.</summary>
    public string FactLines => string.Join(MoneyAlarm.Between, Facts);
}

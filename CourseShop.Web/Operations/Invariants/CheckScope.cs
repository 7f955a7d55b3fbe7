using CourseShop.Payments;

namespace CourseShop.Operations.Invariants;

/// <summary>
/// Which rows an invariant looks at: all, or those of orders and shoppers that something happened to, which stand in two temporary tables.
/// Each answer continues a WHERE.
/// </summary>
public sealed class CheckScope
{
    /// <summary>Every purpose that a payment may have.</summary>
    internal static readonly string Purposes = string.Join(", ", Enum.GetValues<PaymentPurpose>().Select(purpose => (int)purpose));

    private CheckScope(bool isWhole) => IsWhole = isWhole;

    public static CheckScope Everything { get; } = new(true);

    public static CheckScope Touched { get; } = new(false);

    public bool IsWhole { get; }

    public string Orders(string alias) => Among($"{alias}.\"Number\"", "SELECT \"Number\" FROM temp.\"TouchedOrders\"");

    /// <summary>Of those orders, and of what else was paid; said in the words of the index.</summary>
    public string Payments(string alias) => Among($"{alias}.\"Purpose\" IN ({Purposes}) AND {alias}.\"PurposeNumber\"", "SELECT \"Number\" FROM temp.\"TouchedOrders\"");

    /// <summary>Of attempts of those orders.</summary>
    public string Notifications(string alias) =>
        Among($"{alias}.\"OutTradeNo\"", "SELECT p.\"OutTradeNo\" FROM \"Payments\" p JOIN temp.\"TouchedOrders\" t ON t.\"Number\" = p.\"PurposeNumber\"");

    public string Users(string column) => Among(column, "SELECT \"Id\" FROM temp.\"TouchedUsers\"");

    private string Among(string column, string touched) => IsWhole ? "" : $"AND {column} IN ({touched})";
}

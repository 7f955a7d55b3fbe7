using CourseShop.Data;
using CourseShop.Payments;

namespace CourseShop.Operations.Invariants;

/// <summary>
/// Which rows an invariant looks at: all, or those of orders and shoppers that something happened to, which stand in two temporary tables.
/// Each answer continues a WHERE.
/// </summary>
public sealed class CheckScope(bool isWhole, IDialect dialect)
{
    /// <summary>Every purpose that a payment may have.</summary>
    internal static readonly string Purposes = string.Join(", ", Enum.GetValues<PaymentPurpose>().Select(purpose => (int)purpose));

    /// <summary>How the database is asked about itself.</summary>
    public IDialect Dialect => dialect;

    public bool IsWhole => isWhole;

    public string Orders(string alias) => Among($"{alias}.\"Number\"", "SELECT \"Number\" FROM \"TouchedOrders\"");

    /// <summary>Of those orders, and of what else was paid; said in the words of the index.</summary>
    public string Payments(string alias) => Among($"{alias}.\"Purpose\" IN ({Purposes}) AND {alias}.\"PurposeNumber\"", "SELECT \"Number\" FROM \"TouchedOrders\"");

    /// <summary>Of attempts of those orders.</summary>
    public string Notifications(string alias) =>
        Among($"{alias}.\"OutTradeNo\"", "SELECT p.\"OutTradeNo\" FROM \"Payments\" p JOIN \"TouchedOrders\" t ON t.\"Number\" = p.\"PurposeNumber\"");

    public string Users(string column) => Among(column, "SELECT \"Id\" FROM \"TouchedUsers\"");

    private string Among(string column, string touched) => isWhole ? "" : $"AND {column} IN ({touched})";
}

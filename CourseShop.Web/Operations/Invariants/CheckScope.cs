using CourseShop.Data;
using CourseShop.Payments;

namespace CourseShop.Operations.Invariants;

/// <summary>
/// Which rows an invariant looks at: all, or those of orders and shoppers that something happened to, which stand in two temporary tables.
/// Each answer continues a WHERE.
/// </summary>
public sealed class CheckScope(bool isWhole, IDialect dialect)
{
    /// <summary>How the database is asked about itself.</summary>
    public IDialect Dialect => dialect;

    public string Orders(string alias) => Among($"{alias}.\"Number\"", "SELECT \"Number\" FROM \"TouchedOrders\"");

    /// <summary>Of those orders; said in the words of the index.</summary>
    public string Payments(string alias) => Among($"{alias}.\"Purpose\" = {(int)PaymentPurpose.Order} AND {alias}.\"PurposeNumber\"", "SELECT \"Number\" FROM \"TouchedOrders\"");

    /// <summary>Of attempts of those orders.</summary>
    public string Notifications(string alias) =>
        Among($"{alias}.\"OutTradeNo\"", "SELECT p.\"OutTradeNo\" FROM \"Payments\" p JOIN \"TouchedOrders\" t ON t.\"Number\" = p.\"PurposeNumber\"");

    public string Users(string column) => Among(column, "SELECT \"Id\" FROM \"TouchedUsers\"");

    private string Among(string column, string touched) => isWhole ? "" : $"AND {column} IN ({touched})";
}

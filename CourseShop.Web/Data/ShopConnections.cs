using System.Data.Common;

namespace CourseShop.Data;

/// <summary>
/// The shop's database past EF, for what a start must know before the first page can be answered: EF's own start would take longer than all else that is waited for.
/// </summary>
public sealed class ShopConnections(IDialect dialect, string connectionString)
{
    public IDialect Dialect => dialect;

    /// <summary>An open connection, to be disposed of; a database that does not answer is a sentence about its setting.</summary>
    public Task<DbConnection> OpenAsync(CancellationToken stop) => dialect.OpenAsync(connectionString, stop);
}

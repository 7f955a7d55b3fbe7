using System.Data.Common;
using CourseShop.Common;

namespace CourseShop.Data;

/// <summary>The migrations that were applied, as each dialect names them without asking EF: whoever adds one tells both, and a test reminds of it.</summary>
/// <param name="Count">How many.</param>
/// <param name="Newest">The id of the last.</param>
public sealed record MigrationList(int Count, string Newest);

/// <summary>Where the two databases differ beyond what EF knows: each difference has its one home here. Everything else is said in words that both understand.</summary>
public interface IDialect
{
    /// <summary>Units never meet: whoever writes has every turn.</summary>
    bool HasOneWriter { get; }

    /// <summary>How many rows may be numbered, but not yet to be seen, while a later one is.</summary>
    int MostRowsInFlight { get; }

    /// <summary>What a database that is up to date lists as applied.</summary>
    MigrationList Migrations { get; }

    /// <summary>A question with one number: how many tables of that name there are.</summary>
    string CountTables(string name);

    /// <summary>A connection past EF.</summary>
    Task<DbConnection> OpenAsync(string connectionString, CancellationToken stop);

    /// <summary>Before anything else is asked: can the database be used as it is, and was no move into it left half done?</summary>
    Task RequireUsableAsync(DbConnection connection, CancellationToken stop);

    /// <summary>Held by one process at a time, for as long as it is not disposed of; goes with a process that is killed.</summary>
    Task<IAsyncDisposable> LockOpeningAsync(ShopDb db, ShopOptions shop, CancellationToken stop);

    /// <summary>Waits for the turn, which lasts until the transaction ends.</summary>
    Task TakeTurnAsync(ShopDb db, Turn turn, CancellationToken stop);

    /// <summary>Takes those turns that are free, and waits for none.</summary>
    /// <returns>The shoppers whose turn it is now.</returns>
    Task<IReadOnlyCollection<long>> TakeFreeTurnsAsync(ShopDb db, IReadOnlyCollection<long> shoppers, CancellationToken stop);

    /// <summary>One moment of the database, while others go on writing. The connection is open.</summary>
    Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken stop);

    /// <summary>A command that is asked with nearly every page, for one question at a time. The connection is open.</summary>
    DbCommand Again(DbConnection connection, string sql);

    /// <summary>Nothing but temporary tables was written in the snapshot, and nothing will be.</summary>
    string SealSnapshot { get; }

    /// <summary>What the database must say of the protection of append-only tables, by name.</summary>
    IReadOnlyList<(string Name, string Sql)> Protection { get; }

    /// <summary>A question for what it says: "Name" and "Sql".</summary>
    string ProtectionInForce { get; }

    IEnumerable<string> Protect(IReadOnlyList<string> tables);

    IEnumerable<string> Unprotect(IReadOnlyList<string> tables);

    /// <summary>How often the catalogue was changed; null where a process is alone with its database.</summary>
    Task<long?> CatalogueAsync(ShopDb db, CancellationToken stop);

    /// <summary>It was changed once more; also where a process is alone.</summary>
    Task<long?> NextCatalogueAsync(ShopDb db, CancellationToken stop);

    /// <summary>The word index over the courses.</summary>
    ISearchIndex Search { get; }

    /// <summary>A question for tables that lost rows, and how many ("Table", "Rows"), by the numbers that the database gave; null where numbers have gaps by nature.</summary>
    /// <param name="table">An append-only table.</param>
    /// <param name="from">The first number to count from, in SQL.</param>
    string? LostRows(string table, string from);

    /// <summary>A unique index refused a row.</summary>
    bool IsDuplicate(DbException failure);
}

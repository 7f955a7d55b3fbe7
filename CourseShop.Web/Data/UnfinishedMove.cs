using System.Data.Common;
using CourseShop.Common;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>Stands in a PostgreSQL database while a shop is moved into it. A move that was killed leaves it there: nothing opens on half a shop, and the next move begins anew.</summary>
internal static class UnfinishedMove
{
    private const string Sign = "MoveUnderWay";

    /// <param name="connection">Open.</param>
    /// <param name="stop">Asks no more.</param>
    public static async Task<bool> IsThereAsync(DbConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = ShopDialects.Postgres.CountTables(Sign);
        return (long)(await command.ExecuteScalarAsync(stop))! > 0;
    }

    public static async Task RequireNoneAsync(DbConnection connection, CancellationToken stop)
    {
        if (await IsThereAsync(connection, stop))
            throw new WrongSettingException("ConnectionStrings:Shop: a move from SQLite into this database was not finished; nothing can be opened there. Run migrate-to-postgres again: it begins anew.");
    }

    public static Task BeginAsync(ShopDb db, CancellationToken stop) => db.Database.ExecuteSqlRawAsync($"CREATE TABLE \"{Sign}\" (\"Since\" timestamptz NOT NULL DEFAULT now())", stop);

    public static Task EndAsync(ShopDb db, CancellationToken stop) => db.Database.ExecuteSqlRawAsync($"DROP TABLE \"{Sign}\"", stop);

    /// <summary>What a killed move has left.</summary>
    public static Task ClearAsync(ShopDb db, CancellationToken stop) => db.Database.ExecuteSqlRawAsync("""
        DO $$ DECLARE name text; BEGIN
          FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP EXECUTE format('DROP TABLE %I CASCADE', name); END LOOP;
          FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() LOOP EXECUTE format('DROP SEQUENCE %I', name); END LOOP;
        END $$
        """, stop);
}

using System.Data.Common;
using System.Text;
using CourseShop.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace CourseShop.Data;

/// <summary>How the shop opens PostgreSQL. What the connection string says itself is left as it is.</summary>
public static class PostgresShop
{
    private const int MostConnections = 40;
    private const int PreparedStatements = 100;

    public static string ConnectionString(IConfiguration configuration)
    {
        var configured = configuration.GetConnectionString("Shop");
        if (string.IsNullOrWhiteSpace(configured))
            throw new WrongSettingException("ConnectionStrings:Shop is empty; with Database:Provider=PostgreSql it names the database, such as Host=127.0.0.1;Database=courseshop;Username=courseshop;Password=….");
        return Complete(configured);
    }

    internal static string Complete(string configured)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(configured);
            if (string.IsNullOrEmpty(given.Host) || string.IsNullOrEmpty(given.Database))
                throw new WrongSettingException("ConnectionStrings:Shop needs a Host and a Database for PostgreSQL.");
            given.ApplicationName ??= "CourseShop";
            given.Options ??= "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s";
            if (given.MaxPoolSize == new NpgsqlConnectionStringBuilder().MaxPoolSize)
                given.MaxPoolSize = MostConnections;
            if (given.MaxAutoPrepare == 0)
                given.MaxAutoPrepare = PreparedStatements;
            return given.ToString();
        }
        catch (ArgumentException wrong)
        {
            throw new WrongSettingException($"ConnectionStrings:Shop can't be read as PostgreSQL's: {wrong.Message}");
        }
    }

    public static void Configure(NpgsqlDbContextOptionsBuilder postgres) => postgres.MigrationsHistoryTable(MigrateDatabase.History);
}

/// <summary>PostgreSQL refuses texts with U+0000 or half a character in them, and the whole statement with it; SQLite keeps them. They become U+FFFD on their way.</summary>
internal sealed class WholeCharacters : DbCommandInterceptor
{
    internal static string Mend(string text) => IsBroken(text) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD') : text;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Clean(command, result);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Clean(command, result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Clean(command, result));

    private static T Clean<T>(DbCommand command, T result)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text)
                parameter.Value = Mend(text);
        }

        return result;
    }

    private static bool IsBroken(string text) => text.Contains('\0', StringComparison.Ordinal) || text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}

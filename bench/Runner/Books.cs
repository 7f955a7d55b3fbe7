using Microsoft.Data.Sqlite;

namespace CourseShop.Bench;

/// <summary>A look into a shop's database, or a hand on a copy of it.</summary>
internal static class Books
{
    public static SqliteConnection Open(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={path};Foreign Keys=True;Default Timeout=30;Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA synchronous=FULL");
        return connection;
    }

    public static int Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql) => (long)Rows(connection, sql)[0][0];

    public static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CourseShop.Tests.Support;

/// <summary>
/// A PostgreSQL of the tests' own, on a free port of this machine alone, started when the first test asks for it; it ends with the tests. Every test gets a
/// database of its own. COURSESHOP_DATABASE=PostgreSql lets every shop of the suite open there.
/// </summary>
public static class PostgresServer
{
    private static readonly string? Programs = Find();
    private static readonly Lazy<string> Server = new(Start);
    private static readonly Lock Copying = new();
    private static int _databases;

    public static bool IsUsual { get; } = string.Equals(Environment.GetEnvironmentVariable("COURSESHOP_DATABASE"), "PostgreSql", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where it is there.</summary>
    public static string? WhyMissing { get; } = Programs is null ? "PostgreSQL is not installed (Debian: apt-get install postgresql)." : null;

    /// <summary>A new database, empty or with all that another one holds; yields its connection string.</summary>
    public static string NewDatabase(string? like = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"shop_{Interlocked.Increment(ref _databases)}");
        if (like is null)
            Execute($"CREATE DATABASE {name} TEMPLATE template0");
        else
            Copy(new NpgsqlConnectionStringBuilder(like).Database!, name);
        return $"{Server.Value};Database={name}";
    }

    /// <summary>Whoever is still connected is not any more.</summary>
    public static void Drop(string database)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database));
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)");
    }

    /// <summary>Nobody may be connected to what is copied, not even a shop that looks in every second.</summary>
    private static void Copy(string original, string name)
    {
        using var alone = Copying.EnterScope(); // or another copy would open it again meanwhile
        Execute($"ALTER DATABASE {original} ALLOW_CONNECTIONS false");
        try
        {
            Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{original}'");
            Execute($"CREATE DATABASE {name} TEMPLATE {original}");
        }
        finally
        {
            Execute($"ALTER DATABASE {original} ALLOW_CONNECTIONS true");
            NpgsqlConnection.ClearAllPools(); // what was ended there would fail who takes it from the pool
        }
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{Server.Value};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Without a care for power cuts: a test's database outlives nothing.</summary>
    private static string Start()
    {
        var folder = Directory.CreateTempSubdirectory("courseshop-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.IsPrivilegedProcess)
            Run("chown", "postgres", folder);
        Run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var port = ShopProgram.FreePort();
        Run("pg_ctl", "-D", data, "-l", Path.Combine(folder, "log"), "-w", "-o",
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=600 -c fsync=off -c synchronous_commit=off -c full_page_writes=off", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
            Directory.Delete(folder, recursive: true);
        };
        return string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres");
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static void Run(string program, params string[] arguments)
    {
        var path = program == "chown" ? program : Path.Combine(Programs!, program);
        var start = Environment.IsPrivilegedProcess && program != "chown" ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments]) : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = "/";
        start.RedirectStandardOutput = start.RedirectStandardError = program == "initdb"; // a server would keep the pipe open
        using var process = Process.Start(start)!;
        var said = program == "initdb" ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} left {process.ExitCode}: {said.Result}");
    }

    private static string? Find() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;
}

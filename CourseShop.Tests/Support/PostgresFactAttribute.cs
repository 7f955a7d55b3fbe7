namespace CourseShop.Tests.Support;

/// <summary>A test that needs PostgreSQL: skipped where there is none, required in CI.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyMissing;
}

/// <summary>The same for several cases.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhyMissing;
}

/// <summary>Cases of what only SQLite does: left out where the suite runs on PostgreSQL.</summary>
public sealed class SqliteTheoryAttribute : TheoryAttribute
{
    public SqliteTheoryAttribute() => Skip = PostgresServer.IsUsual ? "It is about SQLite." : null;
}

/// <summary>A test of what only SQLite does: left out where the suite runs on PostgreSQL.</summary>
public sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute() => Skip = PostgresServer.IsUsual ? "It is about SQLite." : null;
}

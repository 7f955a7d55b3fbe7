using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>What the databases say when a unique index refuses a row.</summary>
public static class DuplicateRow
{
    private const int UniqueViolated = 2067;

    public static bool IsDuplicate(this DbUpdateException failure) => failure.InnerException is SqliteException { SqliteExtendedErrorCode: UniqueViolated };
}

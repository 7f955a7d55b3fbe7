using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CourseShop.Data;

/// <summary>What the databases say when a unique index refuses a row.</summary>
public static class DuplicateRow
{
    private const int UniqueViolated = 2067;

    public static bool IsDuplicate(this DbException failure) => failure is SqliteException { SqliteExtendedErrorCode: UniqueViolated };
}

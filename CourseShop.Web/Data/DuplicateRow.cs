using System.Data.Common;

namespace CourseShop.Data;

/// <summary>What the databases say when a unique index refuses a row.</summary>
public static class DuplicateRow
{
    public static bool IsDuplicate(this DbException failure) => ShopDialects.Sqlite.IsDuplicate(failure) || ShopDialects.Postgres.IsDuplicate(failure);
}

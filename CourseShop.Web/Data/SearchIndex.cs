using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// The word index over the search entries, in the words of each database, and the triggers that keep it right: whatever changes in a course, its teacher,
/// chapters or lessons marks the entry as stale, whoever changes it.
/// </summary>
public static class SearchIndex
{
    /// <summary>Can be made anew from the courses at any time.</summary>
    public static readonly IReadOnlyList<string> Tables = ["CourseSearchEntries", "StaleSearchEntries"];

    public static readonly IReadOnlyList<SearchMark> Marks =
    [
        new("Course_added_to_search", "INSERT", "Courses", "VALUES (NEW.\"Id\")"),
        new("Course_changed_in_search", "UPDATE OF \"Title\", \"Pitch\", \"Description\", \"TeacherId\"", "Courses", "VALUES (NEW.\"Id\")"),
        new("Teacher_changed_in_search", "UPDATE OF \"Name\"", "Teachers", "SELECT \"Id\" FROM \"Courses\" WHERE \"TeacherId\" = NEW.\"Id\""),
        new("Chapter_changed_in_search", "UPDATE OF \"Title\", \"IsHidden\", \"CourseId\"", "Chapters", "VALUES (OLD.\"CourseId\"), (NEW.\"CourseId\")"),
        new("Chapter_removed_from_search", "DELETE", "Chapters", "VALUES (OLD.\"CourseId\")"),
        new("Lesson_added_to_search", "INSERT", "Lessons", "SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" = NEW.\"ChapterId\""),
        new("Lesson_changed_in_search", "UPDATE OF \"Title\", \"IsHidden\", \"ChapterId\"", "Lessons", "SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" IN (OLD.\"ChapterId\", NEW.\"ChapterId\")"),
        new("Lesson_removed_from_search", "DELETE", "Lessons", "SELECT \"CourseId\" FROM \"Chapters\" WHERE \"Id\" = OLD.\"ChapterId\""),
    ];

    /// <summary>For the migration that brings the index, and for any later one that rebuilds one of these tables, as SQLite does for many a change: its triggers go with the old one.</summary>
    public static void Build(MigrationBuilder migration)
    {
        var search = ShopDialects.Of(migration).Search;
        foreach (var sql in search.Build.Concat(Marks.SelectMany(mark => search.Unmark(mark).Concat(search.Mark(mark)))))
            migration.Sql(sql);
        migration.Sql("INSERT INTO \"StaleSearchEntries\" (\"CourseId\") SELECT \"Id\" FROM \"Courses\" WHERE TRUE ON CONFLICT DO NOTHING");
    }

    public static void Remove(MigrationBuilder migration)
    {
        var search = ShopDialects.Of(migration).Search;
        foreach (var sql in Marks.SelectMany(search.Unmark).Concat(search.Remove))
            migration.Sql(sql);
    }
}
